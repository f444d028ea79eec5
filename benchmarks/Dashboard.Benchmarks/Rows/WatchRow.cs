using System.Diagnostics;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>What watching gradients costs a training step.</summary>
internal static class WatchRow
{
    // As PeerProcess: Debian's interpreter is the one that has PyTorch.
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var start = new ProcessStartInfo(Python, [Path.Combine(options.Root, "benchmarks", "watch_cost.py"), server.Address.ToString()]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            using var result = JsonDocument.Parse(said);
            double Read(string name) => result.RootElement.GetProperty(name).GetDouble();
            var lost = result.RootElement.GetProperty("all_stored").GetBoolean() ? "" : "; NOT all stored";
            return [Figure.AtMost("watch(), of a training step's CPU time", 3, Read("percent"), "%",
                $"quartiles {Figure.Text(Read("low"))} and {Figure.Text(Read("high"))}, sending {Figure.Text(Read("sending_percent"))}, a step {Figure.Text(Read("step_ms"))} ms, "
                + $"every {Read("every"):0} steps, histograms every {Read("histograms_every"):0}, n = {Read("steps"):0}{lost}")];
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
