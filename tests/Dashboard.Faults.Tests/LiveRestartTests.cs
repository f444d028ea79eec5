using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>A subscriber of the live hub outlives the server.</summary>
[Trait("Category", "Slow")]
public sealed class LiveRestartTests(ITestOutputHelper output)
{
    private const string Project = "live";
    private const string Tag = "loss";
    private const int Kills = 5;

    [Fact]
    public async Task Subscriber_OverFiveKillsUnderLoad_MissesNoPoint()
    {
        using var folder = new TempFolder();
        var writer = new Writer(Counter(), "r");
        var follower = new LiveFollower(Project, "r", Tag);
        var random = new Random(9);
        for (var life = 0; life < Kills; life++)
        {
            await using var server = await StartAsync(folder);
            // While the subscriber is away: it gets these only because it asks for what it missed.
            if (life > 0)
                await writer.SendAsync(server.Http, server.Address, 20);
            var following = follower.FollowAsync(server);
            var left = random.Next(50, 150);
            var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var load = writer.RunAsync(server.Http, server.Address, () =>
            {
                if (--left == 0)
                    moment.SetResult();
            });
            await Task.WhenAny(moment.Task, load);
            await server.KillAsync();
            await load;
            await following;
        }
        await using var last = await StartAsync(folder);
        await writer.SendAsync(last.Http, last.Address, 20);
        var end = follower.FollowAsync(last);
        var points = writer.Acknowledged.Scalars[Tag];
        await last.WaitForAsync(() => Task.FromResult(follower.Points.Count >= points.Count || end.IsCompleted), "the subscriber to catch up");
        var seen = follower.Points;
        await last.KillAsync();
        await end;

        output.WriteLine($"{points.Count} points, {follower.Streamed} over the stream, {follower.Resets} resets over {Kills} kills.");
        Assert.Equal(points.Select(point => point.Step), seen.Keys.Order());
        Assert.All(points, point => Assert.Equal(point.Value, seen[point.Step]));
        Assert.Equal(0, follower.Doubled);
        Assert.True(follower.Streamed > 0);
    }

    private static Task<ServerProcess> StartAsync(TempFolder folder) => ServerProcess.StartAsync(folder.Data, "--Storage:SealAfterSeconds=0.3");

    // Steps that only rise, so that a step says whether its point is there.
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
