namespace Dashboard.Benchmarks;

/// <summary>Durable ingest of 1,000-point batches, its ratio to the peer's table, and how soon it is acknowledged at half the load.</summary>
internal static class IngestRows
{
    private const int Tags = 10;
    private const int PointsPerTag = 100;
    private const int Points = Tags * PointsPerTag;
    private const double RequiredJson = 200_000;
    private const double PeerSeconds = 4;
    /// <summary>On an idle machine the server has compiled everything in its last form after about three.</summary>
    private const double WarmUpSeconds = 5;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        var json = await LoadAsync(options, options.Seconds, 700, JsonBodies.ContentType, JsonBodies.Columns);
        var packed = await LoadAsync(options, options.Seconds, 3500, PackedBodies.ContentType, PackedBodies.Make);
        var events = await LoadAsync(options, Math.Min(4, options.Seconds), 500, JsonBodies.ContentType, JsonBodies.Events);
        var (peer, peerHow) = MlflowTable.Measure(PeerSeconds);
        var required = await AcknowledgeAsync(options, RequiredJson / 2, "half the JSON load required");
        var reached = await AcknowledgeAsync(options, json.Rate / 2, "half the JSON load reached");
        return
        [
            Figure.AtLeast("durable ingest over HTTP, JSON columns", RequiredJson, json.Rate, "points/s", json.ToString()),
            Figure.AtLeast("durable ingest over HTTP, binary", 1_000_000, packed.Rate, "points/s", packed.ToString()),
            Figure.Info("durable ingest over HTTP, JSON, an object a point", $"{Figure.Text(events.Rate)} points/s", events.ToString()),
            Figure.Info("a row a point, MLflow's schema, 1,000 a transaction", $"{Figure.Text(peer)} rows/s", peerHow),
            Figure.AtLeast("JSON over the row-a-point table", 10, json.Rate / peer, "times", ""),
            Figure.AtLeast("binary over the row-a-point table", 10, packed.Rate / peer, "times", ""),
            .. required,
            .. reached,
        ];
    }

    private static async Task<LoadResult> LoadAsync(BenchmarkOptions options, double seconds, int requestsPerSecond, string contentType, RequestMaker.Body body)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var each = (int)(requestsPerSecond * seconds / options.Connections) + 1;
        var requests = RequestMaker.Make(options.Connections, each, Tags, PointsPerTag, contentType, body);
        WarmUp(server, contentType, body);
        return LoadGenerator.Closed(server, requests, Points, seconds);
    }

    private static async Task<IEnumerable<Figure>> AcknowledgeAsync(BenchmarkOptions options, double pointsPerSecond, string load)
    {
        var requestsPerSecond = pointsPerSecond / Points;
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var total = (int)(requestsPerSecond * options.Seconds * 1.5);
        // Round robin over the runs: each run's batches stay in their order as far as the connections do.
        var byRun = RequestMaker.Make(options.Connections, total / options.Connections + 1, Tags, PointsPerTag, JsonBodies.ContentType, JsonBodies.Columns);
        var requests = Enumerable.Range(0, total).Select(i => byRun[i % options.Connections][i / options.Connections]).ToArray();
        WarmUp(server, JsonBodies.ContentType, JsonBodies.Columns);
        var result = LoadGenerator.Open(server, requests, Points, requestsPerSecond, options.Connections);
        var times = new Percentiles(result.Latencies);
        var how = $"open loop at {Figure.Text(pointsPerSecond)} points/s; {times}; {result}";
        return
        [
            Figure.AtMost($"acknowledge at {load}, p50", 5, times.At(50), "ms", how),
            Figure.AtMost($"acknowledge at {load}, p99", 50, times.At(99), "ms", ""),
        ];
    }

    /// <summary>Lets the server compile what it is about to run; goes to runs of its own.</summary>
    internal static void WarmUp(ServerProcess server, string contentType, RequestMaker.Body body)
    {
        var requests = RequestMaker.Make(4, 2000, Tags, PointsPerTag, contentType, (run, tags, points, step, random) => body("warm/" + run, tags, points, step, random));
        LoadGenerator.Closed(server, requests, Points, WarmUpSeconds);
    }
}
