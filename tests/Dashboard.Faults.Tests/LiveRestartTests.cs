using System.Net.Http.Json;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>A subscriber of the live hub outlives the server.</summary>
[Trait("Category", "Slow")]
public sealed class LiveRestartTests(ITestOutputHelper output)
{
    private const string Project = "live";
    private const string Tag = "loss";
    private const int Kills = 6;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Subscriber_OverSixKills_MissesNoPoint()
    {
        using var folder = new TempFolder();
        var writer = new Writer(Counter(), "r");
        var follower = new LiveFollower(Project, "r", Tag);
        var quietResets = 0;
        for (var life = 0; life < Kills; life++)
        {
            await using var server = await StartAsync(folder);
            // While the subscriber is away: it gets these only because it asks for what it missed.
            if (life > 0)
                await writer.SendAsync(server.Http, server.Address, 20);
            var resets = follower.Resets;
            var following = follower.FollowAsync(server);
            if (life % 2 == 0)
            {
                await KillUnderLoadAsync(server, writer, follower);
            }
            else
            {
                await writer.SendAsync(server.Http, server.Address, 20);
                await CatchUpAsync(server, writer, follower);
                await server.KillAsync();
            }
            await following;
            // Before these lives the server was killed when the subscriber had everything.
            if (life % 2 == 0)
                quietResets += follower.Resets - resets;
        }
        await using var last = await StartAsync(folder);
        await writer.SendAsync(last.Http, last.Address, 20);
        var end = follower.FollowAsync(last);
        await CatchUpAsync(last, writer, follower);
        await last.KillAsync();
        await end;

        var (points, seen) = (writer.Acknowledged.Scalars[Tag], follower.Points);
        output.WriteLine($"{points.Count} points, {follower.Streamed} over the stream, {follower.Resets} resets over {Kills} kills.");
        Assert.Equal(points.Select(point => point.Step), seen.Keys.Order());
        Assert.All(points, point => Assert.Equal(point.Value, seen[point.Step]));
        Assert.Equal(0, follower.Doubled);
        Assert.Equal(0, quietResets);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("series")]
    public async Task Subscriber_OneCommitBehind_IsToldWhateverTheNewServerCommitsFirst(string first)
    {
        using var folder = new TempFolder();
        var writer = new Writer(Counter(), "r");
        long seen;
        await using (var server = await StartAsync(folder))
        {
            await writer.SendAsync(server.Http, server.Address, 3);
            var runId = (await RunReader.RunsAsync(server.Http, Project))["r"];
            seen = (await RunReader.ScalarsJsonAsync(server.Http, runId, Tag, 0)).GetProperty("seq").GetInt64() - 1;
            await server.KillAsync();
        }
        await using var next = await StartAsync(folder);
        if (first == "run")
            (await next.Http.PutAsJsonAsync(new Uri("/api/v1/runs", UriKind.Relative), new { project = Project, run = "other" })).EnsureSuccessStatusCode();
        else
            await new Writer(new BatchSource(1, Project, "other", "job").Next, "other").SendAsync(next.Http, next.Address, 1);

        await using var live = await LiveSocket.ConnectAsync(next.Address);
        await live.SubscribeAsync(new { project = Project, tags = new[] { Tag }, after_seq = seen });
        await writer.SendAsync(next.Http, next.Address, 1);
        var steps = new List<long>();
        var reset = false;
        using var timeout = new CancellationTokenSource(Deadline);
        while (!reset && !steps.Contains(12))
        {
            var frame = await live.NextAsync(timeout.Token) ?? throw new InvalidOperationException($"The stream ended.\n{next.Log}");
            reset = frame.TryGetProperty("reset", out _);
            if (frame.TryGetProperty("steps", out var more))
                steps.AddRange(more.EnumerateArray().Select(step => step.GetInt64()));
        }
        // The third batch was committed before the kill and after what the subscriber has: steps 7 to 9.
        Assert.True(reset || steps.SequenceEqual([7, 8, 9, 10, 11, 12]), $"No reset, and steps {string.Join(' ', steps)}.");
    }

    private static async Task KillUnderLoadAsync(ServerProcess server, Writer writer, LiveFollower follower)
    {
        var before = follower.Streamed;
        var left = 30;
        var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = writer.RunAsync(server.Http, server.Address, () =>
        {
            // Counted from when the subscriber is there, so that the kill tears a stream that runs.
            if (follower.Streamed > before && --left == 0)
                moment.SetResult();
        });
        await Task.WhenAny(moment.Task, load);
        Assert.False(load.IsCompleted, server.Log);
        await server.KillAsync();
        await load;
    }

    private static async Task CatchUpAsync(ServerProcess server, Writer writer, LiveFollower follower)
    {
        var points = writer.Acknowledged.Scalars[Tag].Count;
        await server.WaitForAsync(() => Task.FromResult(follower.Points.Count >= points && follower.IsBetweenGroups), "the subscriber to catch up");
    }

    private static Task<ServerProcess> StartAsync(TempFolder folder) => ServerProcess.StartAsync(folder.Data, "--Storage:SealAfterSeconds=0.3");

    // Steps that only rise, three a batch, so that a step says whether its point is there.
    private static Func<Batch> Counter()
    {
        var step = 0L;
        return () =>
        {
            var batch = new Batch(Project, "r", $"live-{step}");
            batch.Scalars.Add((Tag, [.. Enumerable.Range(0, 3).Select(_ => new Point(++step, 1_790_000_000 + step, step / 7.0))]));
            return batch;
        };
    }
}
