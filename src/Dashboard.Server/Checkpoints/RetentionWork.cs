using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>All that rules let go of a project at one moment: what a dry run shows, and what is done.</summary>
/// <param name="Runs">Runs that are put aside or removed.</param>
/// <param name="Checkpoints">Checkpoints that go, by run, the oldest first.</param>
/// <param name="Artifacts">Other artifacts that go, the oldest first.</param>
/// <param name="Names">Names of runs by id.</param>
/// <param name="Stay">Checkpoints that stay.</param>
/// <param name="Guarded">How many of those only something guards.</param>
internal sealed record RetentionWork(
    IReadOnlyList<(string Action, RunInfo Run)> Runs,
    IReadOnlyList<(string RunId, IReadOnlyList<Checkpoint> Go)> Checkpoints,
    IReadOnlyList<(string RunId, ArtifactInfo Artifact)> Artifacts,
    IReadOnlyDictionary<string, string> Names,
    int Stay,
    int Guarded);
