using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>A checkpoint with the metric that counts.</summary>
/// <param name="Artifact">The stored version.</param>
/// <param name="Value">The metric, or null.</param>
/// <param name="ValueStep">Step it was logged at; null where it was saved with the checkpoint.</param>
/// <param name="Guards">Why it must stay.</param>
internal sealed record Checkpoint(ArtifactInfo Artifact, double? Value, long? ValueStep, IReadOnlyList<string> Guards);

/// <summary>All checkpoints of a run, newest first, and what they are judged by.</summary>
internal sealed record CheckpointSet(string? Metric, string Goal, string GoalFrom, IReadOnlyList<string> Metrics, IReadOnlyList<Checkpoint> Items);
