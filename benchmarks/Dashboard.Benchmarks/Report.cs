using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks;

/// <summary>The table that all rows end in.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<Figure> figures, TimeSpan took)
    {
        Console.WriteLine();
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.FrameworkDescription}, "
            + $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end, {took.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes");
        Console.WriteLine();
        Console.WriteLine("| what | target | reached | ratio | | how |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var figure in figures)
        {
            var ratio = double.IsNaN(figure.Ratio) ? "" : figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture) + "×";
            var verdict = double.IsNaN(figure.Ratio) ? "" : figure.Ratio >= 1 ? "met" : "**missed**";
            Console.WriteLine($"| {figure.What} | {figure.Target} | {figure.Reached} | {ratio} | {verdict} | {figure.How} |");
        }
    }

    private static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown";
}
