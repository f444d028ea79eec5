namespace Dashboard.Worker;

/// <summary>A checkpoint among an engine's inputs.</summary>
/// <param name="Name">Name of the artifact.</param>
/// <param name="Step">Its step; null where it was stored without.</param>
/// <param name="File">Name of the file.</param>
internal sealed record EngineCheckpoint(string Name, long? Step, string File);
