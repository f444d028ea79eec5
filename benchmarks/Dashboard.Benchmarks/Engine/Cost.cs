using System.Diagnostics;

namespace Dashboard.Benchmarks;

/// <summary>What a computation took.</summary>
/// <param name="Cpu">Seconds of processor time, of all threads of its process.</param>
/// <param name="Wall">Seconds by the clock.</param>
internal readonly record struct Cost(double Cpu, double Wall)
{
    public static Cost Of(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        work();
        process.Refresh();
        return new Cost((process.TotalProcessorTime - before).TotalSeconds, clock.Elapsed.TotalSeconds);
    }

    public static Cost operator /(Cost cost, double parts) => new(cost.Cpu / parts, cost.Wall / parts);

    /// <summary>The middle one of several.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
