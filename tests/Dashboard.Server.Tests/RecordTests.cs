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
}
