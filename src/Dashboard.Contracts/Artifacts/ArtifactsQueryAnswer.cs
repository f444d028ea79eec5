namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/artifacts/query</c>.</summary>
/// <param name="Runs">One a run that exists.</param>
public sealed record ArtifactsQueryAnswer(IReadOnlyList<RunArtifactsView> Runs);
