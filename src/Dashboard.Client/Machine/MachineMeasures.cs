using System.Globalization;

namespace Dashboard.Client;

/// <summary>Load of the machine and of this process: Linux's <c>/proc</c>, elsewhere what .NET tells. What cannot be read is left out.</summary>
internal sealed class MachineMeasures : IDisposable
{
    // /proc/diskstats counts in these, whatever the disk's own are.
    private const double SectorBytes = 512;
    private static readonly string[] NoDisks = ["loop", "ram", "dm-", "md", "zram", "sr"];

    private readonly string _proc;
    private readonly TimeProvider _time;
    private readonly IGpuLoad? _gpus;
    private (double Busy, double Total)? _processor;
    private (double Read, double Written)? _disks;
    private long _at;

    public MachineMeasures(string proc, TimeProvider time, IGpuLoad? gpus)
    {
        (_proc, _time, _gpus) = (proc, time, gpus);
        (_processor, _disks, _at) = (Read(ProcessorTimes), Read(DiskBytes), time.GetTimestamp());
    }

    public void Dispose() => _gpus?.Dispose();

    /// <summary>Values by name, of the time since the last call.</summary>
    public IEnumerable<(string Name, double Value)> Take()
    {
        var (before, now) = (_processor, Read(ProcessorTimes));
        _processor = now;
        if (before is { } earlier && now is { } later && later.Total > earlier.Total)
            yield return ("cpu_percent", Math.Clamp(100 * (later.Busy - earlier.Busy) / (later.Total - earlier.Total), 0, 100));
        if (Read(MemoryPercent) is { } memory)
            yield return ("memory_percent", memory);
        yield return ("process_memory_bytes", Environment.WorkingSet);
        foreach (var one in Traffic())
            yield return one;
        if (Read(SpacePercent) is { } space)
            yield return ("disk_percent", space);
        foreach (var one in _gpus?.Take() ?? [])
            yield return one;
    }

    private IEnumerable<(string Name, double Value)> Traffic()
    {
        var (before, since) = (_disks, _at);
        (_disks, _at) = (Read(DiskBytes), _time.GetTimestamp());
        var seconds = _time.GetElapsedTime(since, _at).TotalSeconds;
        if (before is not { } earlier || _disks is not { } later || seconds <= 0)
            yield break;
        yield return ("disk_read_bytes_per_second", Math.Max(0, later.Read - earlier.Read) / seconds);
        yield return ("disk_write_bytes_per_second", Math.Max(0, later.Written - earlier.Written) / seconds);
    }

    private (double Busy, double Total)? ProcessorTimes()
    {
        // user nice system idle iowait irq softirq steal; guests are in user already
        var ticks = Words(File.ReadLines(Path.Combine(_proc, "stat")).First(line => line.StartsWith("cpu ", StringComparison.Ordinal))).Skip(1).Take(8).Select(Number).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private double? MemoryPercent()
    {
        var lines = File.ReadAllLines(Path.Combine(_proc, "meminfo"));
        double Of(string name) => Number(Words(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)))[1]);
        return 100 * (1 - Of("MemAvailable:") / Of("MemTotal:"));
    }

    // A partition's bytes are its disk's as well, so only whole disks count.
    private (double Read, double Written)? DiskBytes()
    {
        var rows = File.ReadLines(Path.Combine(_proc, "diskstats")).Select(Words).Where(row => row.Length > 9).ToList();
        var names = rows.Select(row => row[2]).ToHashSet(StringComparer.Ordinal);
        var disks = rows.Where(row => !NoDisks.Any(start => row[2].StartsWith(start, StringComparison.Ordinal)) && !IsPartition(row[2], names)).ToList();
        return (disks.Sum(row => Number(row[5])) * SectorBytes, disks.Sum(row => Number(row[9])) * SectorBytes);
    }

    private static double? SpacePercent()
    {
        var drive = new DriveInfo(Path.GetFullPath("."));
        return 100 * (1 - (double)drive.AvailableFreeSpace / drive.TotalSize);
    }

    // sda1 of sda, nvme0n1p2 of nvme0n1.
    private static bool IsPartition(string name, HashSet<string> names)
    {
        var disk = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return disk != name && (names.Contains(disk) || (disk.EndsWith('p') && names.Contains(disk[..^1])));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Whatever a machine does not have, or tells otherwise, is not there.</summary>
    private static T? Read<T>(Func<T?> part)
        where T : struct
    {
        try
        {
            return part();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }
}
