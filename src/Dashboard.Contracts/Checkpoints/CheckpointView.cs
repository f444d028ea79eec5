namespace Dashboard.Contracts;

/// <summary>A checkpoint of a run with what it is worth.</summary>
/// <param name="Artifact">The stored version.</param>
/// <param name="Value">The metric that was asked for: as saved with the checkpoint, else as logged last at or before its step; null where neither is there.</param>
/// <param name="ValueStep">Step that the value was logged at; null where it was saved with the checkpoint.</param>
/// <param name="Best">True for the best by that metric.</param>
/// <param name="Last">True for the newest.</param>
/// <param name="Guards">Why it cannot be deleted: <c>last</c>, <c>kept</c>, <c>best:&lt;metric&gt;</c>; empty where it can.</param>
public sealed record CheckpointView(ArtifactView Artifact, double? Value, long? ValueStep, bool Best, bool Last, IReadOnlyList<string> Guards);
