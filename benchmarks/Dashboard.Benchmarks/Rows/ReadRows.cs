using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>A series of a million points, and of a hundred million, drawn to 2,000 pixels; and the memory that the long one costs.</summary>
internal static class ReadRows
{
    private const string Columns = "application/vnd.lossboard.columns";
    private const string Json = "application/json";
    private const long ShortPoints = 1_000_000;
    private const double BuildLimitSeconds = 200;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        var figures = new List<Figure>();
        using var data = new DataFolder();
        long longPoints;
        await using (var server = await ServerProcess.StartAsync(options.Root, data.Path))
        {
            SeriesBuilder.Build(server, "short", ShortPoints, 60);
            figures.AddRange(await ReadAsync(server, "short", ShortPoints, 10, 200));
            var built = SeriesBuilder.Build(server, "long", options.LongPoints, BuildLimitSeconds);
            longPoints = built.Points;
            figures.Add(Figure.Info($"building the series of {Figure.Text(longPoints)}", $"{Figure.Text(built.Rate)} points/s",
                $"100,000-point binary batches, one connection, {built}" + (longPoints < options.LongPoints ? "; stopped by its time limit" : "")));
            figures.AddRange(await ReadAsync(server, "long", longPoints, 50, 100));
            figures.Add(Figure.Info("memory after the load and the reads", $"{Figure.Text(server.ResidentMiB)} MiB", $"peak {Figure.Text(server.PeakMiB)} MiB"));
            await server.StopAsync();
        }

        var start = Stopwatch.StartNew();
        await using (var server = await ServerProcess.StartAsync(options.Root, data.Path))
        {
            var took = start.Elapsed;
            var (settled, how) = await MemoryRow.SettleAsync(server);
            figures.Add(Figure.AtMost($"memory with {Figure.Text(longPoints)} points stored, after a restart", 300, settled, "MiB", $"{how}; ready {Figure.Text(took.TotalSeconds)} s after its start"));
            var run = await RunIdAsync(server, "long");
            var cold = await TimeAsync(server, Url(run, null), Columns);
            figures.Add(Figure.Info("first read of the long series after the restart", $"{Figure.Text(cold.Milliseconds)} ms", "binary; includes the first compilation of the code"));
        }

        return figures;
    }

    private static async Task<IEnumerable<Figure>> ReadAsync(ServerProcess server, string name, long points, double target, int times)
    {
        var run = await RunIdAsync(server, name);
        var random = new Random(1);
        var figures = new List<Figure>();
        foreach (var accept in (string[])[Json, Columns])
        {
            var whole = await RepeatAsync(server, times, accept, () => Url(run, null));
            var windows = await RepeatAsync(server, times, accept, () =>
            {
                var width = (long)(points * Math.Pow(10, -3 * random.NextDouble()));
                var from = random.NextInt64(points - width + 1);
                return Url(run, (from, from + width));
            });
            var form = accept == Json ? "JSON" : "binary";
            figures.Add(Figure.AtMost($"{Figure.Text(points)} points to 2,000 px, {form}, p95", target, whole.Times.At(95), "ms", $"{whole.Times}; {Figure.Text(whole.Bytes / 1024.0)} KiB each"));
            figures.Add(Figure.Info($"windows of 0.1–100 % of it, {form}, p95", $"{Figure.Text(windows.Times.At(95))} ms", windows.Times.ToString()));
        }

        return figures;
    }

    private static async Task<(Percentiles Times, long Bytes)> RepeatAsync(ServerProcess server, int times, string accept, Func<string> url)
    {
        for (var i = 0; i < 20; i++)
            await TimeAsync(server, url(), accept);
        var taken = new List<(double Milliseconds, long Bytes)>();
        for (var i = 0; i < times; i++)
            taken.Add(await TimeAsync(server, url(), accept));
        return (new Percentiles(taken.Select(t => t.Milliseconds)), taken[^1].Bytes);
    }

    private static async Task<(double Milliseconds, long Bytes)> TimeAsync(ServerProcess server, string url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        var clock = Stopwatch.StartNew();
        using var answer = await server.Http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        clock.Stop();
        answer.EnsureSuccessStatusCode();
        return answer.Content.Headers.ContentType?.MediaType == accept
            ? (clock.Elapsed.TotalMilliseconds, body.LongLength)
            : throw new InvalidOperationException($"{url} was answered as {answer.Content.Headers.ContentType}, not {accept}.");
    }

    private static string Url(string run, (long From, long To)? window) =>
        $"/api/v1/runs/{run}/scalars?tag=metric/0&points=2000" + (window is { } w ? string.Create(CultureInfo.InvariantCulture, $"&from_step={w.From}&to_step={w.To}") : "");

    private static async Task<string> RunIdAsync(ServerProcess server, string name)
    {
        using var runs = JsonDocument.Parse(await server.Http.GetStringAsync("/api/v1/runs?project=benchmark"));
        return runs.RootElement.GetProperty("items").EnumerateArray().Single(run => run.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
    }
}
