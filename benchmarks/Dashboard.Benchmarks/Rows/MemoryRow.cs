using System.Diagnostics;

namespace Dashboard.Benchmarks;

/// <summary>Resident memory of a server that has nothing to do.</summary>
internal static class MemoryRow
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var (settled, how) = await SettleAsync(server);
        return [Figure.AtMost("idle memory", 200, settled, "MiB", how)];
    }

    /// <summary>Waits until the resident memory has not moved by more than a mebibyte for ten seconds.</summary>
    public static async Task<(double MiB, string How)> SettleAsync(ServerProcess server)
    {
        var clock = Stopwatch.StartNew();
        var (reference, since) = (server.ResidentMiB, clock.Elapsed);
        while (clock.Elapsed - since < Quiet && clock.Elapsed < Limit)
        {
            await Task.Delay(250);
            var now = server.ResidentMiB;
            if (Math.Abs(now - reference) > 1)
                (reference, since) = (now, clock.Elapsed);
        }

        return (server.ResidentMiB, $"resident, {(clock.Elapsed < Limit ? "still for 10 s" : "still moving")} after {Figure.Text(clock.Elapsed.TotalSeconds)} s; peak {Figure.Text(server.PeakMiB)} MiB");
    }
}
