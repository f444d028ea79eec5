using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class SampleTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Samples_OverSteps_AreRankedAndPaged()
    {
        // a is always right, b is forgotten at step 3 and likely mislabelled then, c is never right.
        var run = await LogAsync("rank", [
            Event(1, [0, 0, 1], [.9, .6, .7], extra: ""","classes":["cat","dog"],"sprite":{"name":"sprites/s.png","width":8,"height":8}"""),
            Event(2, [0, 0, 1], [.95, .8, .6]),
            Event(3, [0, 0, 1], [.99, .1, .8], extra: ""","classes":["cat","dog"],"sprite":{"name":"sprites/s.png","width":8,"height":8}"""),
        ]);

        var hardest = await GetAsync(run, "");
        Assert.Equal(["b", "c", "a"], Ids(hardest));
        Assert.Equal((3, 3, 3, "id", "cross_entropy", "classification"), (
            hardest.GetProperty("samples").GetInt32(), hardest.GetProperty("total_steps").GetInt32(), hardest.GetProperty("total").GetInt32(), hardest.Text("matched_by"), hardest.Text("loss_source"), hardest.Text("kind")));
        Assert.Equal([1L, 2, 3], hardest.Array<long>("steps"));
        Assert.Equal(["cat", "dog"], hardest.Array<string>("classes"));
        Assert.Equal("sprites/s.png", hardest.GetProperty("sprite").Text("name"));
        var b = hardest.GetProperty("items")[0];
        Assert.Equal((1, 1, 0, 1L), (b.GetProperty("forgotten").GetInt32(), b.GetProperty("predicted").GetInt32(), b.GetProperty("label").GetInt32(), b.GetProperty("learned_at").GetInt64()));
        Assert.Equal(-Math.Log(.1), b.GetProperty("loss").GetDouble(), 6);
        Assert.Equal(3, b.GetProperty("losses").GetArrayLength());

        Assert.Equal(["b"], Ids(await GetAsync(run, "&sort=forgotten")));
        Assert.Equal(["c"], Ids(await GetAsync(run, "&sort=never_learned")));
        Assert.Equal(["c"], Ids(await GetAsync(run, "&label=1")));
        Assert.Empty(Ids(await GetAsync(run, "&label=7")));
        var first = await GetAsync(run, "&sort=mean_loss&limit=2");
        Assert.Equal(["c", "b"], Ids(first));
        Assert.Equal(["a"], Ids(await GetAsync(run, $"&sort=mean_loss&limit=2&cursor={first.Text("next_cursor")}")));
    }

    [Fact]
    public async Task Samples_WhenAStepIsAddedOrLoggedAgain_AreThoseThatAreStored()
    {
        var run = await LogAsync("grow", [Event(1, [0, 1], [.9, .9])]);
        Assert.Equal(1, (await GetAsync(run, "")).GetProperty("total_steps").GetInt32());

        await LogAsync("grow", [Event(2, [0, 1], [.05, .9])]);
        var grown = await GetAsync(run, "");
        Assert.Equal((2, "a"), (grown.GetProperty("read_steps").GetInt32(), Ids(grown)[0]));

        // A job that was restarted: what it says of a step last counts.
        await LogAsync("grow", [Event(1, [0, 1], [.1, .9]), Event(2, [0, 1], [.9, .9])]);
        var again = await GetAsync(run, "&sort=forgotten");
        Assert.Equal((2, 0), (again.GetProperty("total_steps").GetInt32(), again.GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task Samples_OfScoresThatAreNoProbabilities_SayWhatCannotBeKnown()
    {
        var run = await LogAsync("logits", ["""{"type":"predictions","tag":"val","step":1,"labels":[0,1],"scores":[[4,-2],[3,1]]}"""]);

        var found = await GetAsync(run, "&sort=mislabelled");
        Assert.Equal(("none", "scores_are_no_probabilities", "scores_are_no_probabilities", "position"), (found.Text("loss_source"), found.Text("why_no_losses"), found.Text("why_no_mislabelled"), found.Text("matched_by")));
        Assert.Equal(["1"], Ids(await GetAsync(run, "&sort=never_learned")));
        Assert.Empty((await GetAsync(run, "", "/losses")).GetProperty("points").GetProperty("loss").EnumerateArray());
    }

    [Fact]
    public async Task Samples_OfARegressionOrWithLossesThatAreNoNumber_AreShown()
    {
        var run = await LogAsync("numbers", [
            """{"type":"predictions","tag":"val","step":1,"targets":[1,2],"scores":[[1],[4]]}""",
            """{"type":"predictions","tag":"nan","step":1,"labels":[0,1,1],"scores":[[0.5,0.5],[0.5,0.5],[0.5,0.5]],"losses":["NaN",1,"Infinity"]}""",
        ]);

        var regression = await GetAsync(run, "");
        Assert.Equal(("regression", "squared_error", "targets_are_numbers"), (regression.Text("kind"), regression.Text("loss_source"), regression.Text("why_no_mislabelled")));
        Assert.Equal(4, regression.GetProperty("items")[0].GetProperty("loss").GetDouble());
        var broken = await _client.GetAsync($"/api/v1/runs/{run}/samples?tag=nan", 200);
        Assert.Equal(["NaN", "Infinity"], broken.GetProperty("items").EnumerateArray().Take(2).Select(item => item.Text("loss")));
        var losses = await _client.GetAsync($"/api/v1/runs/{run}/samples/losses?tag=nan", 200);
        Assert.Equal([1, 1], losses.GetProperty("groups").EnumerateArray().Select(group => group.Array<int>("non_finite")[0]));
        Assert.Equal([1.0], losses.GetProperty("points").Array<double>("loss"));
    }

    [Fact]
    public async Task Losses_BeyondTheirPoints_KeepExactExtremes()
    {
        var labels = string.Join(',', Enumerable.Range(0, 900).Select(at => at % 3));
        var scores = string.Join(',', Enumerable.Repeat("[1,0,0]", 900));
        var run = await LogAsync("thin", [.. Enumerable.Range(0, 5).Select(step =>
            $$"""{"type":"predictions","tag":"val","step":{{step}},"labels":[{{labels}}],"scores":[{{scores}}],"losses":[{{string.Join(',', Enumerable.Range(0, 900).Select(at => (at * 7 % 900) + step))}}]}""")]);

        var found = await GetAsync(run, "&points=200", "/losses");

        Assert.Equal(4500, found.GetProperty("total").GetInt64());
        var points = found.GetProperty("points");
        Assert.InRange(points.GetProperty("loss").GetArrayLength(), 100, 200);
        var groups = found.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], groups.Select(group => group.GetProperty("label").GetInt32()));
        Assert.Equal((300, 0.0, 897.0), (groups[0].Array<int>("count")[0], groups[0].Array<double>("min")[0], groups[0].Array<double>("max")[0]));
        Assert.Contains(897.0, points.Array<double>("loss"));
        Assert.Equal(["2"], (await GetAsync(run, "&points=200&label=2", "/losses")).GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("label").GetRawText()));
    }

    [Theory]
    [InlineData("samples?tag=val&sort=best", 400, "invalid_parameter")]
    [InlineData("samples?tag=val&limit=0", 400, "invalid_parameter")]
    [InlineData("samples?tag=val&cursor=x", 400, "invalid_cursor")]
    [InlineData("samples?tag=val&label=-1", 400, "invalid_parameter")]
    [InlineData("samples/losses?tag=val&points=0", 400, "invalid_parameter")]
    [InlineData("samples?tag=none", 404, "series_not_found")]
    [InlineData("samples/losses?tag=none", 404, "series_not_found")]
    public async Task Samples_AskedForWrongly_AreRefused(string path, int status, string code)
    {
        var run = await LogAsync("wrong", [Event(1, [0, 1], [.9, .9])]);
        Assert.Equal(code, (await _client.GetAsync($"/api/v1/runs/{run}/{path}", status)).Text("code"));
        Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/none/samples?tag=val", 404)).Text("code"));
    }

    [Fact]
    public async Task Samples_BeyondTheirLimits_AreThinnedOrRefused()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxSampleLosses"] = "10", ["Limits:MaxSamples"] = "3", ["Limits:MaxSampleCacheBytes"] = "1" });
        using var client = small.CreateClient();
        string Steps(int from, int to) => string.Join(',', Enumerable.Range(from, to - from).Select(step => Event(step, [0, 1], [.9, .9])));
        var run = (await client.PostEventsAsync($$"""{"project":"p","run":"r","events":[{{Steps(0, 20)}}]}""")).Text("run_id");

        var thin = await client.GetAsync($"/api/v1/runs/{run}/samples?tag=val", 200);
        Assert.Equal((20, 5), (thin.GetProperty("total_steps").GetInt32(), thin.GetProperty("read_steps").GetInt32()));
        Assert.Equal([0L, 19], new[] { thin.Array<long>("steps")[0], thin.Array<long>("steps")[^1] });

        await client.PostEventsAsync($$"""{"project":"p","run":"r","events":[{{Event(20, [0, 1, 0, 1], [.9, .9, .9, .9])}}]}""");
        Assert.Equal("too_many_samples", (await client.GetAsync($"/api/v1/runs/{run}/samples?tag=val", 422)).Text("code"));
    }

    private static string Event(int step, int[] labels, double[] ofTheirClass, string extra = "") => JsonSerializer.Serialize(new
    {
        type = "predictions",
        tag = "val",
        step,
        labels,
        ids = labels.Select((_, at) => $"{(char)('a' + at)}"),
        // The probability of class 0 of two; label 1's samples are named by what class 0 gets, so they are wrong where it is high.
        scores = ofTheirClass.Select(p => new[] { p, 1 - p }),
    })[..^1] + extra + "}";

    private static List<string?> Ids(JsonElement found) => [.. found.GetProperty("items").EnumerateArray().Select(item => item.Text("id"))];

    private Task<JsonElement> GetAsync(string? run, string query, string rest = "") => _client.GetAsync($"/api/v1/runs/{run}/samples{rest}?tag=val{query}", 200);

    private async Task<string?> LogAsync(string run, string[] events) =>
        (await _client.PostEventsAsync($$"""{"project":"samples","run":"{{run}}","events":[{{string.Join(',', events)}}]}""")).GetProperty("run_id").GetString();
}
