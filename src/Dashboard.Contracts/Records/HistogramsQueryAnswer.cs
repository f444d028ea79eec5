namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/histograms/query</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than.</param>
/// <param name="Series">One a run and tag that exist.</param>
public sealed record HistogramsQueryAnswer(long Seq, IReadOnlyList<HistogramsView> Series);
