namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/scalars/query</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than; subscribe with it as <c>after_seq</c>.</param>
/// <param name="Series">One a run and tag that exist.</param>
public sealed record ScalarsQueryAnswer(long Seq, IReadOnlyList<ScalarsView> Series);
