using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class CheckpointTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const int Digits = 6;

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task List_WithoutAnyMetricSaved_JoinsTheLikeliestAtOrBeforeEachStep()
    {
        var run = await RunAsync("joined", """{"type":"scalars","tag":"val/loss","steps":[0,10,20,30],"values":[3,2,1,"NaN"]}""", """{"type":"scalars","tag":"val/acc","steps":[0,10,20],"values":[0.1,0.9,0.5]}""");
        foreach (var step in new[] { 5, 25, 30 })
            await SaveAsync(run, $"{step}", step);

        var found = await ListAsync(run);

        Assert.Equal(("val/loss", "min", "name"), (found.Text("metric"), found.Text("goal"), found.Text("goal_from")));
        Assert.Equal([("30", "NaN", 30L), ("25", "1", 20), ("5", "3", 0)], Items(found).Select(item => (Name(item), item.GetProperty("value").ToString(), item.GetProperty("value_step").GetInt64())));
        // The newest has no number, so it cannot be the best.
        Assert.Equal("25", Name(Items(found).Single(item => item.GetProperty("best").GetBoolean())));
        Assert.Equal([["last"], ["best:val/loss"], []], Items(found).Select(item => item.Array<string>("guards")));
        var other = await ListAsync(run, "?metric=val/acc");
        Assert.Equal(("max", "25"), (other.Text("goal"), Name(Items(other).First(item => item.GetProperty("best").GetBoolean()))));
        // What guards does not depend on what is asked.
        Assert.Equal([["last"], ["best:val/loss"], []], Items(other).Select(item => item.Array<string>("guards")));
    }

    [Fact]
    public async Task List_MetricSavedWithThem_CountsMoreThanTheCurve()
    {
        var run = await RunAsync("saved", """{"type":"scalar","tag":"score","step":0,"value":100}""");
        await SaveAsync(run, "a", 1, metric: "score", value: 0.9, goal: "min");
        await SaveAsync(run, "b", 2, metric: "score", value: 0.2, goal: "min");
        await SaveAsync(run, "c", 3);
        var found = await ListAsync(run);
        Assert.Equal(("score", "min", "logged"), (found.Text("metric"), found.Text("goal"), found.Text("goal_from")));
        Assert.Equal("b", Name(Items(found).Single(item => item.GetProperty("best").GetBoolean())));
        Assert.Equal([100, 0.2, 0.9], Items(found).Select(item => item.GetProperty("value").GetDouble()));
    }

    [Fact]
    public async Task List_AsOfATime_HasTheBestAndLastOfThen()
    {
        var run = await RunAsync("then");
        var first = await SaveAsync(run, "a", 1, metric: "loss", value: 2);
        JsonElement second;
        // Versions are told apart by the millisecond: save until the clock has moved.
        do second = await SaveAsync(run, "b", 2, metric: "loss", value: 1);
        while (second.GetProperty("created").GetDouble() <= first.GetProperty("created").GetDouble());
        var found = await ListAsync(run, FormattableString.Invariant($"?as_of={first.GetProperty("created").GetDouble()}"));
        var item = Assert.Single(Items(found));
        Assert.Equal(("a", true, true), (Name(item), item.GetProperty("best").GetBoolean(), item.GetProperty("last").GetBoolean()));
        Assert.Empty(item.Array<string>("guards"));
    }

    [Fact]
    public async Task Delete_TheLastTheBestOrAKeptOne_Is409AndOthersGo()
    {
        var run = await RunAsync("deleted");
        var ids = new List<string>();
        foreach (var (name, value) in new[] { ("best", 1.0), ("kept", 3), ("loose", 2), ("last", 4) })
            ids.Add((await SaveAsync(run, name, ids.Count, metric: "loss", value: value)).Text("id")!);
        await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{run}/checkpoints/{ids[1]}", """{"kept":true}""", 200);

        foreach (var at in new[] { 0, 1, 3 })
            Assert.Equal("checkpoint_guarded", (await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/checkpoints/{ids[at]}", null, 409)).Text("code"));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/checkpoints/{ids[2]}", null, 204);
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/checkpoints/{ids[2]}", null, 404);

        Assert.Equal(["last", "kept", "best"], Items(await ListAsync(run)).Select(Name));
    }

    [Fact]
    public async Task Compare_TwoVersions_TellsTensorsAndTheWhole()
    {
        var run = await RunAsync("compared");
        var a = (await SaveAsync(run, "a", 1, ProjectionProject.Safetensors("w", [2], [3, 4]))).Text("id");
        var b = (await SaveAsync(run, "b", 2, ProjectionProject.Safetensors("w", [2], [3, 5]))).Text("id");
        var other = (await SaveAsync(run, "c", 3, [1, 2, 3])).Text("id");

        var found = await _client.GetAsync($"/api/v1/runs/{run}/checkpoints/compare?a={a}&b={b}", 200);

        Assert.Equal((1.0, 0.2), (found.GetProperty("whole").GetProperty("distance").GetDouble(), found.GetProperty("whole").GetProperty("relative").GetDouble()));
        Assert.Equal(29 / (5 * Math.Sqrt(34)), found.GetProperty("whole").GetProperty("cosine").GetDouble(), Digits);
        Assert.Equal(("w", "float32", 1.0), (found.GetProperty("tensors")[0].Text("name"), found.GetProperty("tensors")[0].Text("type"), found.GetProperty("tensors")[0].GetProperty("largest").GetDouble()));
        Assert.Equal("not_comparable", (await _client.GetAsync($"/api/v1/runs/{run}/checkpoints/compare?a={a}&b={other}", 422)).Text("code"));
        Assert.Equal("artifact_not_found", (await _client.GetAsync($"/api/v1/runs/{run}/checkpoints/compare?a={a}&b=nothing", 404)).Text("code"));
    }

    [Fact]
    public async Task Retention_SwitchedOn_DeletesWhatThePlanListed()
    {
        var run = await RunOfAsync("retention", "swept");
        for (var step = 0; step < 8; step++)
            await SaveAsync(run, $"{step}", step, metric: "loss", value: Math.Abs(step - 2));
        const string Rules = """{"enabled":true,"keep_last":2,"keep_every":5}""";

        var plan = await _client.SendAsync(HttpMethod.Post, "/api/v1/retention/plan", $$"""{"project":"retention","rules":{{Rules}}}""", 200);
        Assert.Equal(["1", "3", "4"], plan.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("artifact").Text("name")!));
        Assert.Equal((3, 5, 1), (plan.GetProperty("count").GetInt32(), plan.GetProperty("stay").GetInt32(), plan.GetProperty("guarded").GetInt32()));
        Assert.Equal(8, Items(await ListAsync(run)).Count());

        var saved = await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", $$"""{"project":"retention","rules":{{Rules}},"revision":0}""", 200);
        Assert.Equal(1, saved.GetProperty("revision").GetInt64());
        Assert.Equal("setting_changed", (await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", $$"""{"project":"retention","rules":{},"revision":0}""", 409)).Text("code"));
        // The clock was woken; a round of our own waits for its, and leaves the same.
        await server.Services.GetRequiredService<Retention>().SweepAsync(CancellationToken.None);
        Assert.Equal(["7", "6", "5", "2", "0"], Items(await ListAsync(run)).Select(Name));
    }

    [Theory]
    [InlineData("""{"rules":{"keep_last":0},"revision":0,"project":"p"}""", "/rules/keep_last", "out_of_range")]
    [InlineData("""{"rules":{"keep_best":-1},"revision":0,"project":"p"}""", "/rules/keep_best", "out_of_range")]
    [InlineData("""{"rules":{"keep_every":0},"revision":0,"project":"p"}""", "/rules/keep_every", "out_of_range")]
    [InlineData("""{"rules":{"older_than_days":"NaN"},"revision":0,"project":"p"}""", "/rules/older_than_days", "out_of_range")]
    [InlineData("""{"rules":{"goal":"low"},"revision":0,"project":"p"}""", "/rules/goal", "unknown_goal")]
    [InlineData("""{"rules":{},"project":"p"}""", "/revision", "missing")]
    [InlineData("""{"revision":0,"project":"p"}""", "/rules", "missing")]
    [InlineData("""{"rules":{},"revision":0}""", "/project", "missing")]
    public async Task PutRetention_BadBody_Is422WithAPointer(string body, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task PutRetention_ForNoProject_Is404() =>
        Assert.Equal("project_not_found", (await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", """{"rules":{},"revision":0,"project":"nowhere"}""", 404)).Text("code"));

    [Theory]
    [InlineData("train/loss", "min")]
    [InlineData("val/accuracy", "max")]
    [InlineData("val_acc", "max")]
    [InlineData("eval/f1-score", "max")]
    [InlineData("test/mae", "min")]
    [InlineData("accuracy/loss", "min")]
    [InlineData("something", "min")]
    public void Goal_OfAName_IsWhatItSays(string tag, string goal) => Assert.Equal(goal, MetricGoals.Guess(tag));

    [Fact]
    public void Likeliest_OfManyTags_IsTheHeldOutLoss()
    {
        Assert.Equal("val/loss", MetricGoals.Likeliest(["train/loss", "val/loss/l2", "val/accuracy", "val/loss", "system/cpu"]));
        Assert.Equal("accuracy", MetricGoals.Likeliest(["lr", "accuracy"]));
        Assert.Null(MetricGoals.Likeliest(["lr", "system/cpu"]));
    }

    [Fact]
    public void Plan_WithoutAnyRule_LetsNothingGo() => Assert.Empty(RetentionPlan.Of(Set(5), new RetentionRules { Enabled = true }, 1e9).Go);

    [Fact]
    public void Plan_OnlyOldOnes_LetsYoungOnesStay()
    {
        // Saved a day apart; the newest is guarded.
        var (go, guarded) = RetentionPlan.Of(Set(5), new RetentionRules { OlderThanDays = 2.5 }, 5 * 86_400);
        Assert.Equal(["0", "1", "2"], go.Select(one => one.Artifact.Name));
        Assert.Equal(0, guarded);
    }

    [Fact]
    public void Plan_KeepBestOfEquals_KeepsTheFirst()
    {
        var (go, _) = RetentionPlan.Of(Set(5, _ => 1), new RetentionRules { KeepBest = 1 }, 1e9);
        Assert.Equal(["1", "2", "3"], go.Select(one => one.Artifact.Name));
    }

    private static CheckpointSet Set(int count, Func<int, double>? value = null) => new("loss", "min", "given", [], [.. Enumerable.Range(0, count).Reverse().Select(at => new Checkpoint(
        new ArtifactInfo($"id-{at}", $"{at}", "checkpoint", at, 1, "", at * 86_400.0, ArtifactOrigin.Unknown, false), value?.Invoke(at), null, at == count - 1 ? ["last"] : []))]);

    private Task<string> RunAsync(string name, params string[] events) => RunOfAsync("checkpoints", name, events);

    private async Task<string> RunOfAsync(string project, string name, params string[] events) =>
        (await _client.PostEventsAsync($$"""{"project":"{{project}}","run":"{{name}}","events":[{{string.Join(',', events)}}]}""")).Text("run_id")!;

    private Task<JsonElement> ListAsync(string run, string query = "") => _client.GetAsync($"/api/v1/runs/{run}/checkpoints{query}", 200);

    private async Task<JsonElement> SaveAsync(string run, string name, int step, byte[]? content = null, string? metric = null, double? value = null, string? goal = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = new ByteArrayContent(content ?? [(byte)step, (byte)name.Length]) };
        request.Headers.Add("Artifact-Type", "checkpoint");
        request.Headers.Add("Artifact-Step", $"{step}");
        if (metric is not null)
        {
            request.Headers.Add("Artifact-Metric", metric);
            request.Headers.Add("Artifact-Metric-Value", FormattableString.Invariant($"{value}"));
        }
        if (goal is not null)
            request.Headers.Add("Artifact-Metric-Goal", goal);
        using var response = await _client.SendAsync(request);
        return await response.ReadAsync(201);
    }

    private static IEnumerable<JsonElement> Items(JsonElement found) => found.GetProperty("items").EnumerateArray();

    private static string Name(JsonElement item) => item.GetProperty("artifact").Text("name")!;
}
