namespace Dashboard.Worker;

/// <summary>What became of a start.</summary>
/// <param name="Engine">One that is ready; null where it cannot run.</param>
/// <param name="Problem">Why not, or what makes it slow or unsafe; null where all is well.</param>
internal sealed record StartedEngine(EngineProcess? Engine, string? Problem);
