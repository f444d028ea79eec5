using System.Diagnostics;
using Dashboard.Client;

namespace Dashboard.Benchmarks;

/// <summary>What logging costs a training loop, in Python and in .NET.</summary>
internal static class ClientRows
{
    private const int Calls = 100_000;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        using var spool = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        return [await DotnetAsync(server, spool.Path)];
    }

    private static async Task<Figure> DotnetAsync(ServerProcess server, string spool)
    {
        var times = new double[Calls];
        bool sent;
        await using (var run = LossboardRun.Start(new LossboardOptions { Server = server.Address, Project = "benchmark", Run = "dotnet", SpoolFolder = spool }))
        {
            for (var step = 0; step < Calls; step++)
            {
                var before = Stopwatch.GetTimestamp();
                run.Log("train/loss", 0.5, step);
                times[step] = Stopwatch.GetElapsedTime(before).TotalMicroseconds;
                // A loop that does something in between, and does not starve the sender of a core for it.
                if (step % 100 == 99)
                    Thread.Sleep(1);
            }

            sent = await run.FinishAsync();
        }

        var sorted = new Percentiles(times);
        return Figure.Info(".NET Log(), p99", $"{Figure.Text(sorted.At(99))} µs",
            $"p50 {Figure.Text(sorted.At(50))}, worst {Figure.Text(sorted.At(100))} µs, n = {Calls}{(sent ? "" : "; NOT all sent")}");
    }
}
