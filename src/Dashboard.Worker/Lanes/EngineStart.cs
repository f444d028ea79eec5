namespace Dashboard.Worker;

/// <summary>What an engine is started with.</summary>
/// <param name="Inputs">Folder for its inputs, on this side of the walls.</param>
/// <param name="Gpu">Number of the GPU that it sees; null for none, −1 for all.</param>
/// <param name="MemoryBytes">What it may allocate; 0 for no limit.</param>
/// <param name="ProcessorSeconds">Processor time that it may use, over all its threads; 0 for no limit.</param>
internal sealed record EngineStart(string Inputs, int? Gpu, long MemoryBytes, long ProcessorSeconds);
