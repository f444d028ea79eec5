using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Faults.Tests;

/// <summary>What of the machine neither a server nor this process had while something was measured: times taken beside much else say little about the server.</summary>
internal sealed class OthersCpu(ServerProcess server)
{
    // USER_HZ: the kernel counts in hundredths of a second whatever the machine.
    private const double TicksPerSecond = 100;

    // Above this, waiting for a turn is part of every time that is taken.
    private const double Quiet = 0.1;

    private readonly double _machine = MachineSeconds();
    private readonly double _server = server.Cpu.TotalSeconds;
    private readonly double _own = Environment.CpuUsage.TotalTime.TotalSeconds;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Seconds of processor time that the server took.</summary>
    public double Server => server.Cpu.TotalSeconds - _server;

    /// <summary>Share of the machine's processor time that others took, 0 to 1.</summary>
    public double Share
    {
        get
        {
            var others = MachineSeconds() - _machine - Server - (Environment.CpuUsage.TotalTime.TotalSeconds - _own);
            return Math.Max(0, others) / (Stopwatch.GetElapsedTime(_began).TotalSeconds * Environment.ProcessorCount);
        }
    }

    public static bool IsQuiet(double share) => share < Quiet;

    private static double MachineSeconds()
    {
        var counts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var ticks = Array.ConvertAll(counts, count => double.Parse(count, CultureInfo.InvariantCulture));
        // Idle, and waiting for disks, are the fourth and fifth.
        return (ticks.Sum() - ticks[3] - ticks[4]) / TicksPerSecond;
    }
}
