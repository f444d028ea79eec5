using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dashboard.Client;

namespace Dashboard.Benchmarks;

/// <summary>What logging costs a training loop, in Python and in .NET.</summary>
internal static class ClientRows
{
    private const int Calls = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        using var spool = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        return [await PythonAsync(options, server), await DotnetAsync(server, spool.Path)];
    }

    private static async Task<Figure> PythonAsync(BenchmarkOptions options, ServerProcess server)
    {
        var start = new ProcessStartInfo("python3") { WorkingDirectory = options.Root, RedirectStandardOutput = true };
        start.ArgumentList.Add("benchmarks/python_log.py");
        start.ArgumentList.Add(server.Address.ToString());
        start.ArgumentList.Add("--calls");
        start.ArgumentList.Add(Calls.ToString(CultureInfo.InvariantCulture));
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            using var result = JsonDocument.Parse(said);
            double Read(string name) => result.RootElement.GetProperty(name).GetDouble();
            var lost = result.RootElement.GetProperty("all_stored").GetBoolean() && Read("dropped") == 0 ? "" : "; NOT all stored";
            return Figure.AtMost("Python log(), p99", 50, Read("p99_us"), "µs",
                $"p50 {Figure.Text(Read("p50_us"))}, p99.9 {Figure.Text(Read("p999_us"))}, worst {Figure.Text(Read("max_us"))} µs, n = {Calls} at {Figure.Text(Read("calls_per_s"))} a second{lost}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static async Task<Figure> DotnetAsync(ServerProcess server, string spool)
    {
        var times = new double[Calls];
        bool sent;
        await using (var run = LossboardRun.Start(new LossboardOptions { Server = server.Address, Project = "benchmark", Run = "dotnet", SpoolFolder = spool, SystemMetrics = false }))
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
