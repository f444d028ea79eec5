namespace Dashboard.Server.Tests;

public sealed class LabelReportTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Labels_OfTheKnownCase_HaveTheContractsAnswer()
    {
        var labels = await LogAsync("known", """{"type":"labels","split":"val","counts":{"a":30,"b":20,"c":10}},{"type":"labels","split":"train","counts":{"a":100,"b":100,"c":100}}""");

        var one = Assert.Single(labels.GetProperty("comparisons").EnumerateArray());
        // What is trained on comes first, however the splits were logged or are called.
        Assert.Equal(("train", "val"), (one.Text("a"), one.Text("b")));
        double Value(string name) => one.GetProperty(name).GetDouble();
        Assert.Equal((.1667, .09589, .18036, .18310, 8.3916, .01506), (
            Math.Round(Value("total_variation"), 4), Math.Round(Value("kl"), 5), Math.Round(Value("js"), 5), Math.Round(Value("psi"), 5), Math.Round(Value("chi2"), 4), Math.Round(Value("p"), 5)));
        Assert.Equal(("warning", 2), (one.Text("severity"), one.GetProperty("dof").GetInt32()));
        Assert.Contains("16.7 %", one.Text("sentence"), StringComparison.Ordinal);
        Assert.Equal("""{"a":1,"b":1,"c":1}""", labels.GetProperty("weights").GetProperty("train").GetRawText());
        Assert.Equal("""{"a":1,"b":1.5,"c":3}""", labels.GetProperty("oversample").GetProperty("val").GetRawText());
        Assert.Equal(["train", "val"], labels.GetProperty("imbalance").EnumerateArray().Select(split => split.Text("split")));
    }

    [Fact]
    public async Task Labels_OfOneUnevenSplit_CallImbalanceOut()
    {
        var labels = await LogAsync("uneven", """{"type":"labels","split":"train","counts":{"cat":900,"dog":100}}""");

        Assert.Empty(labels.GetProperty("comparisons").EnumerateArray());
        Assert.Equal(.5556, Math.Round(labels.GetProperty("weights").GetProperty("train").GetProperty("cat").GetDouble(), 4));
        Assert.Equal(9, labels.GetProperty("oversample").GetProperty("train").GetProperty("dog").GetDouble());
        var found = Assert.Single(labels.GetProperty("imbalance").EnumerateArray());
        Assert.Equal(("warning", "cat", "dog", 9.0), (found.Text("severity"), found.Text("largest"), found.Text("smallest"), found.GetProperty("ratio").GetDouble()));
    }

    [Fact]
    public async Task Labels_EmptyOrOneSided_AreDefinedWithTheReason()
    {
        var labels = await LogAsync("odd", """
            {"type":"labels","split":"train","counts":{"a":50,"b":50}},{"type":"labels","split":"val","counts":{"a":50,"c":50}},{"type":"labels","split":"test","counts":{}}
            """);

        var comparisons = labels.GetProperty("comparisons").EnumerateArray().ToDictionary(one => (one.Text("a"), one.Text("b")));
        var sided = comparisons[("train", "val")];
        Assert.Equal(("Infinity", "Infinity", "critical"), (sided.Text("kl"), sided.Text("psi"), sided.Text("severity")));
        Assert.InRange(sided.GetProperty("psi_smoothed").GetDouble(), 1, 10);
        Assert.Equal(["b", "c"], sided.Array<string>("one_sided"));
        var empty = comparisons[("val", "test")];
        Assert.Equal("empty_split", empty.Text("why"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, empty.GetProperty("total_variation").ValueKind);
        Assert.Empty(labels.GetProperty("weights").GetProperty("test").EnumerateObject());
        Assert.Contains(labels.GetProperty("imbalance").EnumerateArray(), one => one.Text("why") == "empty_split");

        var alone = await LogAsync("one class", """{"type":"labels","split":"train","counts":{"a":5}},{"type":"labels","split":"val","counts":{"a":7}}""");
        Assert.Equal("one_class", alone.GetProperty("comparisons")[0].Text("why"));
        Assert.Equal(0, alone.GetProperty("comparisons")[0].GetProperty("total_variation").GetDouble());
        Assert.Empty((await LogAsync("none", """{"type":"text","tag":"t","step":0,"text":""}""")).GetProperty("imbalance").EnumerateArray());
    }

    [Fact]
    public async Task Labels_OfAHundredThousandClasses_AreAnswered()
    {
        var counts = string.Join(',', Enumerable.Range(0, 100_000).Select(at => $"\"c{at}\":{1 + (at % 5)}"));
        var labels = await LogAsync("many", $$$"""{"type":"labels","split":"train","counts":{{{{counts}}}}},{"type":"labels","split":"val","counts":{"c7":3}}""");

        Assert.Equal(99_999, labels.GetProperty("comparisons")[0].GetProperty("dof").GetInt32());
        Assert.Equal(100_000, labels.GetProperty("weights").GetProperty("train").EnumerateObject().Count());
        Assert.Equal(99_999, labels.GetProperty("imbalance")[1].GetProperty("missing").GetInt32());
    }

    private async Task<System.Text.Json.JsonElement> LogAsync(string run, string events)
    {
        var id = (await _client.PostEventsAsync($$"""{"project":"labels","run":"{{run}}","events":[{{events}}]}""")).GetProperty("run_id").GetString();
        return await _client.GetAsync($"/api/v1/runs/{id}/labels", 200);
    }
}
