namespace Dashboard.Worker;

/// <summary>Which lanes a machine has.</summary>
internal static class LanePlan
{
    // The rest is the system's, the worker's and the server's.
    private const double ShareOfMemory = 0.75;

    /// <summary>Lanes for the devices that libtorch has found.</summary>
    /// <param name="options">The worker's.</param>
    /// <param name="devices"><c>cpu</c>, then <c>cuda:0</c> and so on.</param>
    /// <param name="machineBytes">Memory of the machine.</param>
    /// <returns>None where <c>--device cuda</c> finds no GPU.</returns>
    public static IReadOnlyList<LaneSetup> Make(WorkerOptions options, IReadOnlyList<string> devices, long machineBytes)
    {
        var gpus = options.Device == "cpu" ? 0 : devices.Count(device => device.StartsWith("cuda:", StringComparison.Ordinal));
        var count = gpus + (options.Device == "cuda" ? 0 : 1);
        var memory = MemoryOf(options, machineBytes, Math.Max(1, count));
        var lanes = new List<LaneSetup>();
        if (options.Device != "cuda") lanes.Add(new LaneSetup("cpu", null, options.Cores, memory));
        for (var gpu = 0; gpu < gpus; gpu++) lanes.Add(new LaneSetup($"cuda:{gpu}", gpu, 1, memory));
        return lanes;
    }

    /// <summary>Memory of one engine.</summary>
    public static long MemoryOf(WorkerOptions options, long machineBytes, int lanes) => options.Memory ?? (long)(machineBytes * ShareOfMemory / lanes);
}
