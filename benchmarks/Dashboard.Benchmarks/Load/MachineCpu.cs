using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>CPU time of the whole machine.</summary>
internal static class MachineCpu
{
    /// <summary>/proc/stat counts in hundredths of a second wherever Linux runs on a processor that .NET knows.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Time that all cores together have been busy since the machine started, time stolen by its host included.</summary>
    public static TimeSpan Busy
    {
        get
        {
            // user nice system idle iowait irq softirq steal
            var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return TimeSpan.FromSeconds((fields.Sum() - fields[3] - fields[4]) / TicksPerSecond);
        }
    }
}
