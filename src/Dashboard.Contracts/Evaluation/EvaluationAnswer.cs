namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/predictions/query</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than.</param>
/// <param name="Series">Each run and tag that exists.</param>
public sealed record EvaluationAnswer(long Seq, IReadOnlyList<EvaluationSeriesView> Series);
