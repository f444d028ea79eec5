namespace Dashboard.Contracts;

/// <summary>Artifacts of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Items">Its artifacts, newest first.</param>
public sealed record RunArtifactsView(string RunId, IReadOnlyList<ArtifactView> Items);
