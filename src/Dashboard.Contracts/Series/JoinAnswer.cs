namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/scalars/join</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than; subscribe with it as <c>after_seq</c>.</param>
/// <param name="Series">One a run that has both tags.</param>
public sealed record JoinAnswer(long Seq, IReadOnlyList<JoinedSeriesView> Series);
