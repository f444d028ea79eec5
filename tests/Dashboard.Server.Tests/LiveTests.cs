using System.Net.WebSockets;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class LiveTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private async Task<(string Run, long Seq)> PostAsync(string project, int step, string run = "r", string tag = "a", HttpClient? client = null)
    {
        var answer = await (client ?? _client).PostEventsAsync(
            $$"""{"project":"{{project}}","run":"{{run}}","events":[{"type":"scalar","tag":"{{tag}}","step":{{step}},"value":{{(step == 7 ? "\"NaN\"" : step)}}}]}""");
        return (answer.GetProperty("run_id").GetString()!, answer.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Subscribe_AfterASeq_HasEveryLaterPointOnceAndInOrder()
    {
        var (run, seq) = await PostAsync("exact", 1);
        var posting = Task.Run(async () =>
        {
            for (var step = 2; step <= 200; step++)
                await PostAsync("exact", step);
        });
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", $$"""{"project":"exact","after_seq":{{seq}}}""");
        var last = seq;
        var points = await live.PointsAsync("a", 199, frame =>
        {
            Assert.True(frame.GetProperty("seq").GetInt64() >= last);
            last = frame.GetProperty("seq").GetInt64();
        });
        await posting;
        Assert.Equal(Enumerable.Range(2, 199).Select(step => (long)step), points.Select(point => point.Step));
        Assert.True(double.IsNaN(points.Single(point => point.Step == 7).Value));
        Assert.NotNull(run);
    }

    [Fact]
    public async Task Subscribe_AfterALostConnection_GoesOnWithoutGapOrDouble()
    {
        var (_, seq) = await PostAsync("resume", 1);
        var steps = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await using var live = await LiveClient.ConnectAsync(server.Address);
            await live.SubscribeAsync("1", $$"""{"project":"resume","after_seq":{{seq}}}""");
            var next = 2 + (round * 10);
            var posting = Task.Run(async () =>
            {
                for (var step = next; step < next + 10; step++)
                    await PostAsync("resume", step);
            });
            // Whole groups only, and away in the middle of what is being sent.
            var group = new List<long>();
            while (steps.Count < next + 3)
            {
                var frame = await live.FrameAsync();
                if (frame.TryGetProperty("steps", out _))
                    group.AddRange(frame.Array<long>("steps"));
                if (frame.TryGetProperty("more", out _))
                    continue;
                steps.AddRange(group);
                group.Clear();
                seq = frame.GetProperty("seq").GetInt64();
            }
            await posting;
        }
        await using var end = await LiveClient.ConnectAsync(server.Address);
        await end.SubscribeAsync("1", $$"""{"project":"resume","after_seq":{{seq}}}""");
        steps.AddRange((await end.PointsAsync("a", 40 - steps.Count)).Select(point => point.Step));
        Assert.Equal(Enumerable.Range(2, 40).Select(step => (long)step), steps);
    }

    [Fact]
    public async Task Subscribe_OtherProjectsRunsAndTags_AreLeftOut()
    {
        var (run, seq) = await PostAsync("filter", 1);
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", $$"""{"project":"filter","run_ids":["{{run}}"],"tags":["a"],"after_seq":{{seq}}}""");
        await PostAsync("elsewhere", 2);
        await PostAsync("filter", 3, run: "other");
        await PostAsync("filter", 4, tag: "b");
        await PostAsync("filter", 5);
        var frames = new List<JsonElement>();
        Assert.Equal([5L], (await live.PointsAsync("a", 1, frames.Add)).Select(point => point.Step));
        Assert.DoesNotContain(frames, frame => frame.GetProperty("run_id").GetString() != run);
        // New series are told whatever the tag filter says.
        Assert.Contains(frames, frame => frame.TryGetProperty("added", out var added) && added[0].GetProperty("tag").GetString() == "b");
    }

    [Fact]
    public async Task Subscribe_ARunThatChanges_SendsItAsItIs()
    {
        var (run, seq) = await PostAsync("changes", 1);
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", $$"""{"project":"changes","tags":[],"after_seq":{{seq}}}""");
        await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{run}", """{"status":"finished"}""", 200);
        JsonElement frame;
        do
            frame = await live.FrameAsync();
        while (!frame.TryGetProperty("run", out var view) || view.GetProperty("status").GetString() != "finished");
        Assert.Equal(run, frame.GetProperty("run_id").GetString());
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}?permanent=true", null, 204);
        do
            frame = await live.FrameAsync();
        while (!frame.TryGetProperty("removed", out _));
        Assert.Equal(run, frame.GetProperty("run_id").GetString());
    }

    [Fact]
    public async Task Subscribe_FurtherBackThanTheHistory_IsResetAndGoesOn()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxLiveHistoryPoints"] = "5" });
        using var client = small.CreateClient();
        var (_, seq) = await PostAsync("old", 1, client: client);
        for (var step = 2; step < 20; step++)
            await PostAsync("old", step, client: client);
        await using var live = await LiveClient.ConnectAsync(small.Address);
        await live.SubscribeAsync("1", $$"""{"project":"old","after_seq":{{seq}}}""");
        var frame = await live.FrameAsync();
        Assert.True(frame.GetProperty("reset").GetBoolean());
        Assert.True(frame.GetProperty("seq").GetInt64() > seq);
        Assert.False(frame.TryGetProperty("steps", out _));
        await PostAsync("old", 20, client: client);
        Assert.Equal([20L], (await live.PointsAsync("a", 1)).Select(point => point.Step));
    }

    [Fact]
    public async Task Subscribe_AfterARestart_ResetsWhatItCannotProveAndKeepsWhatItCan()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        try
        {
            long first, last;
            await using (var before = new Lossboard([], folder: folder))
            {
                using var client = before.CreateClient();
                first = (await PostAsync("restart", 1, client: client)).Seq;
                last = (await PostAsync("restart", 2, client: client)).Seq;
            }
            await using var after = new Lossboard([], folder: folder);
            using var again = after.CreateClient();
            await using var behind = await LiveClient.ConnectAsync(after.Address);
            await behind.SubscribeAsync("1", $$"""{"project":"restart","after_seq":{{first}}}""");
            Assert.True((await behind.FrameAsync()).GetProperty("reset").GetBoolean());
            await using var current = await LiveClient.ConnectAsync(after.Address);
            await current.SubscribeAsync("1", $$"""{"project":"restart","after_seq":{{last}}}""");
            await PostAsync("restart", 3, client: again);
            Assert.Equal([3L], (await current.PointsAsync("a", 1, frame => Assert.False(frame.TryGetProperty("reset", out _)))).Select(point => point.Step));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Snapshot_ThenSubscribeAfterItsSeq_MissesNothing()
    {
        var (run, _) = await PostAsync("snapshot", 1);
        var posting = Task.Run(async () =>
        {
            for (var step = 2; step <= 100; step++)
                await PostAsync("snapshot", step);
        });
        var snapshot = await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=a&points=0", 200);
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", $$"""{"project":"snapshot","after_seq":{{snapshot.GetProperty("seq").GetInt64()}}}""");
        var seen = snapshot.Array<long>("steps").ToHashSet();
        while (seen.Count < 100)
            seen.UnionWith((await live.PointsAsync("a", 1)).Select(point => point.Step));
        await posting;
        Assert.Equal(100, seen.Max());
    }

    [Fact]
    public async Task Subscribe_Cancelled_EndsAndFreesItsPlace()
    {
        await using var live = await LiveClient.ConnectAsync(server.Address);
        for (var round = 0; round < 40; round++)
        {
            await live.SubscribeAsync($"{round}", """{"project":"cancel"}""");
            await live.CancelAsync($"{round}");
            var record = await live.NextAsync();
            Assert.Equal((3, $"{round}"), (record.GetProperty("type").GetInt32(), record.GetProperty("invocationId").GetString()));
        }
    }

    [Fact]
    public async Task Subscribe_MoreThanAConnectionMay_IsRefused()
    {
        await using var live = await LiveClient.ConnectAsync(server.Address);
        for (var at = 0; at < 17; at++)
            await live.SubscribeAsync($"{at}", """{"project":"many"}""");
        var record = await live.NextAsync();
        Assert.Contains("16 subscriptions", record.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"project":""}""", "must not be empty")]
    [InlineData("""{"project":"a\u0000"}""", "control character")]
    public async Task Subscribe_BadSubscription_SaysWhy(string subscription, string part)
    {
        await using var live = await LiveClient.ConnectAsync(server.Address);
        await live.SubscribeAsync("1", subscription);
        Assert.Contains(part, (await live.NextAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_FromAForeignPage_IsRefused()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.ConnectAsync(server.Address, "https://evil.example"));
        await using var own = await LiveClient.ConnectAsync(server.Address, server.Address.GetLeftPart(UriPartial.Authority));
    }
}
