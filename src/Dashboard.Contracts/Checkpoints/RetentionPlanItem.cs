namespace Dashboard.Contracts;

/// <summary>A checkpoint that would go.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Run">The run's name.</param>
/// <param name="Artifact">The stored version.</param>
/// <param name="Value">The metric that counts, or null.</param>
public sealed record RetentionPlanItem(string RunId, string Run, ArtifactView Artifact, double? Value);
