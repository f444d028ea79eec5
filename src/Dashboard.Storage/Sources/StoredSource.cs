namespace Dashboard.Storage;

/// <summary>Something of a run that holds vectors, or may.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Run">Its name.</param>
/// <param name="Name">Tag, or name of the artifact.</param>
/// <param name="Record">What was logged; null for an artifact.</param>
/// <param name="Type">The artifact's type; null for what was logged.</param>
/// <param name="Steps">Records stored; null for an artifact.</param>
/// <param name="Step">Last step, or the artifact's.</param>
/// <param name="Size">Bytes of the artifact; null for what was logged.</param>
public sealed record StoredSource(string RunId, string Run, string Name, RecordKind? Record, string? Type, long? Steps, long? Step, long? Size);
