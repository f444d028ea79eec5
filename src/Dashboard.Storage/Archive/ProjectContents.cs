namespace Dashboard.Storage;

/// <summary>What a project holds, each in the order in which it was made.</summary>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="RunIds">Runs, those in the trash and in the archive among them.</param>
/// <param name="Artifacts">Every version of every artifact, run by run.</param>
/// <param name="ViewIds">Saved views, queries and reports.</param>
/// <param name="JobIds">Jobs that have ended.</param>
public sealed record ProjectContents(
    double Created, IReadOnlyList<string> RunIds, IReadOnlyList<(string RunId, ArtifactInfo Info)> Artifacts, IReadOnlyList<string> ViewIds, IReadOnlyList<string> JobIds);
