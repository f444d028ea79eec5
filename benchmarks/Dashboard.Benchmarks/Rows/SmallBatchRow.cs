namespace Dashboard.Benchmarks;

/// <summary>What a training loop sends that flushes at every step: ten metrics of one step, an object each, from 16 runs at once.</summary>
internal static class SmallBatchRow
{
    private const int Writers = 16;
    private const int Points = 10;
    private const int RequestsPerSecond = 12_000;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var requests = RequestMaker.Make(Writers, (int)(RequestsPerSecond * options.Seconds / Writers), Points, 1, JsonBodies.ContentType, JsonBodies.Events);
        IngestRows.WarmUp(server, JsonBodies.ContentType, JsonBodies.Events);
        var result = LoadGenerator.Closed(server, requests, Points, options.Seconds);
        return [Figure.AtLeast("batches of 10 points, 16 writers, JSON", 26_000, result.Rate, "points/s", $"{result}; {new Percentiles(result.Latencies)}")];
    }
}
