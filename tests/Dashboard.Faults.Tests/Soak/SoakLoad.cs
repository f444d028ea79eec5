using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;

namespace Dashboard.Faults.Tests;

/// <summary>
/// A small team's day in little: four jobs that log 20 series each at a steady rate and begin a new run every minute, one of them as JSON; artifacts; people who read curves
/// and tables and follow them live; old runs removed for good, so that what is stored stays the same and memory has no reason to grow.
/// </summary>
internal sealed class SoakLoad(ServerProcess server, TimeSpan runLife)
{
    private const string Project = "soak";
    private const int Jobs = 4;
    private const int Series = 20;
    private const int PointsEach = 25;
    private const int RunsKept = 5;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan UploadEvery = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<double> _latencies = new();
    private readonly ConcurrentDictionary<int, string> _newest = new();
    private long _refused;
    private long _points;
    private long _reads;
    private long _frames;

    /// <summary>Milliseconds of each acknowledged batch since this was last asked.</summary>
    public double[] TakeLatencies()
    {
        var taken = new List<double>();
        while (_latencies.TryDequeue(out var one))
            taken.Add(one);
        return [.. taken.Order()];
    }

    public long Points => Interlocked.Read(ref _points);

    public long Reads => Interlocked.Read(ref _reads);

    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Batches that the server had no room for just then.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Runs until it is told to stop; anything unexpected that is answered ends it with an error.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(0, Jobs).Select(job => UntilAsync(() => JobAsync(job, stop), stop)),
        .. Enumerable.Range(0, 4).Select(reader => UntilAsync(() => ReadAsync(new Random(reader), stop), stop)),
        .. Enumerable.Range(0, 4).Select(_ => UntilAsync(() => FollowAsync(stop), stop)),
        UntilAsync(() => UploadAsync(stop), stop),
    ]);

    private static async Task UntilAsync(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the soak.
        }
    }

    private async Task JobAsync(int job, CancellationToken stop)
    {
        var runs = new Queue<string>();
        for (var life = 0; ; life++)
        {
            runs.Enqueue(await WriteRunAsync(job, life, stop));
            if (runs.Count > RunsKept)
                (await server.Http.DeleteAsync(new Uri($"/api/v1/runs/{runs.Dequeue()}?permanent=true", UriKind.Relative), stop)).EnsureSuccessStatusCode();
        }
    }

    private async Task<string> WriteRunAsync(int job, int life, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var run = $"job-{job}-{life}";
        var id = "";
        using var timer = new PeriodicTimer(WriteEvery);
        for (var step = 0L; clock.Elapsed < runLife; step += PointsEach)
        {
            var batch = new Batch(Project, run, $"{run}-{step}") { Binary = job > 0 };
            for (var tag = 0; tag < Series; tag++)
                batch.Scalars.Add(($"metric/{tag}", [.. Enumerable.Range(0, PointsEach).Select(i => new Point(step + i, 1_790_000_000 + step + i, Math.Sin(step + i + tag)))]));
            id = await SendAsync(batch, stop);
            _newest[job] = id;
            await timer.WaitForNextTickAsync(stop);
        }
        return id;
    }

    private async Task<string> SendAsync(Batch batch, CancellationToken stop)
    {
        while (true)
        {
            using var request = batch.ToRequest(server.Address);
            var began = Stopwatch.GetTimestamp();
            var answer = await Answer.OfAsync(await server.Http.SendAsync(request, stop));
            if (answer.Status == 200)
            {
                _latencies.Enqueue(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Add(ref _points, Series * PointsEach);
                return answer.Json.GetProperty("run_id").GetString()!;
            }
            if (answer.Status is not (429 or 503))
                throw new InvalidOperationException($"A batch was answered {answer.Status}: {answer.Text}");
            Interlocked.Increment(ref _refused);
            await Task.Delay(WriteEvery, stop);
        }
    }

    private async Task ReadAsync(Random random, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ReadEvery);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (!_newest.TryGetValue(random.Next(Jobs), out var run))
                continue;
            var tag = random.Next(Series);
            using var answer = random.Next(8) switch
            {
                0 => await server.Http.PostAsJsonAsync(new Uri("/api/v1/runs/table", UriKind.Relative), new { project = Project }, stop),
                1 => await server.Http.GetAsync(new Uri($"/scalars?project={Project}", UriKind.Relative), stop),
                // Every stored point: the longest of reads, which hold the log.
                2 => await server.Http.GetAsync(new Uri($"/api/v1/runs/{run}/scalars?tag=metric/{tag}&points=0", UriKind.Relative), stop),
                _ => await server.Http.GetAsync(new Uri($"/api/v1/runs/{run}/scalars?tag=metric/{tag}&points=500", UriKind.Relative), stop),
            };
            await answer.Content.ReadAsByteArrayAsync(stop);
            answer.EnsureSuccessStatusCode();
            Interlocked.Increment(ref _reads);
        }
    }

    // A page that is opened, looked at and closed, again and again.
    private async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            await using var live = await LiveSocket.ConnectAsync(server.Address);
            await live.SubscribeAsync(new { project = Project, tags = new[] { "metric/0", "metric/1" } });
            for (var i = 0; i < 2000 && await live.NextAsync(stop) is not null; i++)
                Interlocked.Increment(ref _frames);
        }
    }

    private async Task UploadAsync(CancellationToken stop)
    {
        var random = new Random(1);
        var content = new byte[64 << 10];
        using var timer = new PeriodicTimer(UploadEvery);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (!_newest.TryGetValue(random.Next(Jobs), out var run))
                continue;
            random.NextBytes(content);
            using var body = new ByteArrayContent(content);
            using var answer = await server.Http.PutAsync(new Uri($"/api/v1/runs/{run}/artifacts/checkpoint", UriKind.Relative), body, stop);
            answer.EnsureSuccessStatusCode();
        }
    }
}
