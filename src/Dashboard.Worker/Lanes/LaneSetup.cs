namespace Dashboard.Worker;

/// <summary>What computes one job at a time.</summary>
/// <param name="Name"><c>cpu</c>, <c>cuda:0</c>, ….</param>
/// <param name="Gpu">Number of its GPU; null for the processor.</param>
/// <param name="Cores">Cores that a job uses.</param>
/// <param name="MemoryBytes">Memory of its engine.</param>
internal sealed record LaneSetup(string Name, int? Gpu, int Cores, long MemoryBytes)
{
    /// <summary>The device as libtorch names it within an engine, which sees one GPU alone.</summary>
    public string Device => Gpu is null ? "cpu" : "cuda:0";
}
