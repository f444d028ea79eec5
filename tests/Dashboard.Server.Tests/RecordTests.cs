namespace Dashboard.Server.Tests;

public sealed class RecordTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Records_OfEveryKind_ComeBack()
    {
        var run = (await _client.PostEventsAsync("""
            {"project":"records","run":"all","events":[
              {"type":"histogram","tag":"h","step":1,"edges":[-1,0,1],"counts":[3,5],"wall_time":5},
              {"type":"histogram","tag":"h","step":2,"values":[1,1,"NaN"],"wall_time":6},
              {"type":"embedding","tag":"e","step":10,"vectors":[[0.1,0.2],[0.3,0.4]],"metadata":{"label":["cat","dog"]}},
              {"type":"embedding","tag":"e","step":20,"vectors":[[1]]},
              {"type":"text","tag":"t","step":0,"text":"<b>bold</b>"},
              {"type":"predictions","tag":"val","step":10,"labels":[0,2],"scores":[[0.9,0.05,0.05],[0.1,0.2,0.7]],"losses":[0.105,0.357],"ids":["a.png","b.png"]},
              {"type":"labels","split":"train","counts":{"cat":1}},
              {"type":"labels","split":"train","counts":{"cat":900,"dog":100}},
              {"type":"phase","name":"later","started":20,"ended":21},
              {"type":"phase","name":"load","started":10,"ended":13.5},
              {"type":"phase","name":"load","started":14,"ended":15}]}
            """)).GetProperty("run_id").GetString();
        var path = $"/api/v1/runs/{run}/";

        var histograms = await _client.GetAsync(path + "histograms?tag=h", 200);
        Assert.Equal([1L, 2], histograms.Array<long>("steps"));
        Assert.Equal([5.0, 6], histograms.Array<double>("wall_times"));
        Assert.Equal([3.0, 5], histograms.Array<double[]>("counts")[0]);
        Assert.Equal([-1.0, 0, 1], histograms.Array<double[]>("edges")[0]);
        Assert.Equal([0L, 1], histograms.Array<long>("non_finite"));

        var embedding = await _client.GetAsync(path + "embeddings?tag=e&step=10", 200);
        Assert.Equal([0.3, 0.4], embedding.Array<double[]>("vectors")[1]);
        Assert.Equal(["cat", "dog"], embedding.GetProperty("metadata").Array<string>("label"));
        Assert.Equal(20, (await _client.GetAsync(path + "embeddings?tag=e", 200)).GetProperty("step").GetInt64());

        Assert.Equal(["<b>bold</b>"], (await _client.GetAsync(path + "texts?tag=t", 200)).Array<string>("texts"));

        var predictions = await _client.GetAsync(path + "predictions?tag=val&step=10", 200);
        Assert.Equal([0L, 2], predictions.Array<long>("labels"));
        Assert.Equal([0.1, 0.2, 0.7], predictions.Array<double[]>("scores")[1]);
        Assert.Equal([0.105, 0.357], predictions.Array<double>("losses"));
        Assert.Equal(["a.png", "b.png"], predictions.Array<string>("ids"));

        var splits = (await _client.GetAsync(path + "labels", 200)).GetProperty("splits");
        Assert.Equal("""{"cat":900,"dog":100}""", splits.GetProperty("train").GetRawText());

        var phases = (await _client.GetAsync(path + "phases", 200)).GetProperty("items").EnumerateArray();
        Assert.Equal([("load", 10.0, 13.5), ("load", 14, 15), ("later", 20, 21)], phases.Select(phase =>
            (phase.GetProperty("name").GetString()!, phase.GetProperty("started").GetDouble(), phase.GetProperty("ended").GetDouble())));
    }

    [Theory]
    [InlineData("histograms?tag=none", "series_not_found")]
    [InlineData("texts?tag=none", "series_not_found")]
    [InlineData("embeddings?tag=none", "series_not_found")]
    [InlineData("predictions?tag=none&step=1", "step_not_found")]
    public async Task Records_ThatAreNotThere_Are404(string path, string code)
    {
        var run = (await _client.PostEventsAsync("""{"project":"records","run":"empty","events":[{"type":"text","tag":"t","step":0,"text":""}]}""")).GetProperty("run_id").GetString();
        Assert.Equal(code, (await _client.GetAsync($"/api/v1/runs/{run}/{path}", 404)).GetProperty("code").GetString());
        Assert.Equal("run_not_found", (await _client.GetAsync($"/api/v1/runs/none/{path}", 404)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Histograms_ThinnedOrWindowed_KeepBothEndsAndSayTheTotal()
    {
        var events = string.Join(',', Enumerable.Range(0, 101).Select(step => $$"""{"type":"histogram","tag":"h","step":{{step * 10}},"edges":[0,1],"counts":[{{step}}]}"""));
        var run = (await _client.PostEventsAsync($$"""{"project":"records","run":"thin","events":[{{events}}]}""")).GetProperty("run_id").GetString();
        var path = $"/api/v1/runs/{run}/histograms?tag=h";

        var five = await _client.GetAsync(path + "&points=5", 200);
        Assert.Equal([0L, 250, 500, 750, 1000], five.Array<long>("steps"));
        Assert.Equal([25.0], five.Array<double[]>("counts")[1]);
        Assert.Equal(101, five.GetProperty("total").GetInt64());
        Assert.Equal(1000, Assert.Single((await _client.GetAsync(path + "&points=1", 200)).Array<long>("steps")));
        Assert.Equal(101, (await _client.GetAsync(path, 200)).Array<long>("steps").Length);
        Assert.Equal(101, (await _client.GetAsync(path + "&points=0", 200)).Array<long>("steps").Length);

        var window = await _client.GetAsync(path + "&points=2&from_step=95&to_step=299", 200);
        Assert.Equal([100L, 290], window.Array<long>("steps"));
        Assert.Equal(20, window.GetProperty("total").GetInt64());
        Assert.Empty((await _client.GetAsync(path + "&from_step=1001", 200)).Array<long>("steps"));
        await _client.GetAsync(path + "&points=-1", 400);
        await _client.GetAsync(path + "&from_step=2&to_step=1", 400);
    }

    [Fact]
    public async Task Query_OfManyRuns_LeavesOutWhatDoesNotExist()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "q1", "q2" })
        {
            ids.Add((await _client.PostEventsAsync($$"""
                {"project":"records","run":"{{name}}","events":[{"type":"text","tag":"t","step":1,"text":"{{name}}"},{"type":"text","tag":"t","step":2,"text":"later"},
                 {"type":"histogram","tag":"{{name}}","step":7,"edges":[0,1],"counts":[1]}]}
                """)).GetProperty("run_id").GetString()!);
        }
        var texts = await _client.SendAsync(HttpMethod.Post, "/api/v1/texts/query", new { run_ids = ids.Append("nobody"), tags = new[] { "t", "none" }, points = 1 }, 200);
        Assert.Equal([(ids[0], "later", 2L), (ids[1], "later", 2L)], texts.GetProperty("series").EnumerateArray().Select(one =>
            (one.GetProperty("run_id").GetString()!, one.Array<string>("texts")[0], one.GetProperty("total").GetInt64())));
        var histograms = await _client.SendAsync(HttpMethod.Post, "/api/v1/histograms/query", new { run_ids = ids, tags = new[] { "q1", "q2" } }, 200);
        Assert.Equal([(ids[0], "q1"), (ids[1], "q2")], histograms.GetProperty("series").EnumerateArray().Select(one =>
            (one.GetProperty("run_id").GetString()!, one.GetProperty("tag").GetString()!)));
        await _client.SendAsync(HttpMethod.Post, "/api/v1/texts/query", new { run_ids = ids }, 422);
        await _client.SendAsync(HttpMethod.Post, "/api/v1/texts/query", new { run_ids = ids, tags = new[] { "t" }, points = 0 }, 400);
        var many = await _client.SendAsync(HttpMethod.Post, "/api/v1/texts/query", new { run_ids = Enumerable.Range(0, 1001).Select(i => $"r{i}"), tags = new[] { "a", "b" } }, 422);
        Assert.Equal("too_many_series", many.ErrorCode("/run_ids"));
    }

    [Fact]
    public async Task Answer_BeyondItsBytes_IsRefusedBeforeItIsRead()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxReadRecordBytes"] = "2000" });
        using var client = small.CreateClient();
        var text = new string('x', 900);
        var run = (await client.PostEventsAsync($$"""
            {"project":"p","run":"r","events":[{"type":"text","tag":"t","step":1,"text":"{{text}}"},{"type":"text","tag":"t","step":2,"text":"{{text}}"},{"type":"text","tag":"t","step":3,"text":"{{text}}"}]}
            """)).GetProperty("run_id").GetString()!;
        Assert.Equal("answer_too_large", (await client.GetAsync($"/api/v1/runs/{run}/texts?tag=t", 422)).GetProperty("code").GetString());
        Assert.Equal(2, (await client.GetAsync($"/api/v1/runs/{run}/texts?tag=t&points=2", 200)).Array<string>("texts").Length);
        await client.SendAsync(HttpMethod.Post, "/api/v1/texts/query", new { run_ids = new[] { run }, tags = new[] { "t" }, points = 3 }, 422);
    }
}
