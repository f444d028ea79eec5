using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class EvaluationTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    // Quotients of small whole numbers.
    private const int Digits = 12;

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Classification_OneColumn_HasTheTextbookNumbersInTheShapeOfTheContract()
    {
        var path = await LogAsync("textbook", """{"type":"predictions","tag":"val","step":3,"labels":[0,0,1,1],"scores":[[0.1],[0.4],[0.35],[0.8]],"classes":["no","yes"]}""");

        var found = await _client.GetAsync($"{path}classification?tag=val&step=3", 200);

        Assert.Equal((3, 4, true, 0.5), (found.GetProperty("step").GetInt32(), found.GetProperty("samples").GetInt32(), found.GetProperty("probabilities").GetBoolean(), found.GetProperty("threshold").GetDouble()));
        Assert.Equal(0.75, found.GetProperty("accuracy").GetDouble());
        Assert.Equal([0.75, 0.75], found.GetProperty("auc").Array<double>("per_class"));
        Assert.Equal(0.75, found.GetProperty("auc").GetProperty("macro").GetDouble());
        Assert.Equal(5 / 6.0, found.GetProperty("average_precision").Array<double>("per_class")[1], Digits);
        Assert.Equal([2L, 0], found.Array<long[]>("confusion")[0]);
        Assert.Equal([1L, 1], found.Array<long[]>("confusion")[1]);
        Assert.Equal(["no", "yes"], found.Array<string>("class_names"));
        var roc = found.GetProperty("roc").EnumerateArray().Single(one => one.GetProperty("class").GetInt32() == 1);
        Assert.Equal([0.0, 0, .5, .5, 1], roc.Array<double>("fpr"));
        Assert.Equal([0.0, .5, .5, 1, 1], roc.Array<double>("tpr"));
        Assert.Equal([double.PositiveInfinity, .8, .4, .35, .1], roc.Array<double>("thresholds"));
        var pr = found.GetProperty("pr").EnumerateArray().Single(one => one.GetProperty("class").GetInt32() == 1);
        Assert.Equal([.1, .35, .4, .8], pr.Array<double>("thresholds"));
        Assert.Equal([1.0, 1, .5, .5, 0], pr.Array<double>("recall"));
        Assert.Equal("class_1", found.GetProperty("calibration").Text("of"));
    }

    [Fact]
    public async Task Classification_ThreeClasses_AveragesAsScikitLearn()
    {
        var path = await LogAsync("averages", """
            {"type":"predictions","tag":"val","step":1,"labels":[0,1,2,0,1,2],"scores":[[3,0,0],[0,0,3],[0,3,0],[3,0,0],[3,0,0],[0,3,0]]}
            """);

        var found = await _client.GetAsync($"{path}classification?tag=val", 200);

        Assert.Equal(2 / 9.0, found.GetProperty("precision").GetProperty("macro").GetDouble(), Digits);
        Assert.Equal(1 / 3.0, found.GetProperty("recall").GetProperty("macro").GetDouble(), Digits);
        Assert.Equal(4 / 15.0, found.GetProperty("f1").GetProperty("macro").GetDouble(), Digits);
        Assert.Equal(1 / 3.0, found.GetProperty("f1").GetProperty("micro").GetDouble(), Digits);
        Assert.False(found.TryGetProperty("threshold", out _));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("log_loss").ValueKind);
        Assert.Contains("calibration not_probabilities", Reasons(found));
    }

    [Fact]
    public async Task Classification_OneClassAndNan_IsNullWithItsReasons()
    {
        var path = await LogAsync("one-class", """{"type":"predictions","tag":"val","step":1,"labels":[1,1,0],"scores":[[0.2,0.8],[0.1,0.9],["NaN",1]]}""");

        var found = await _client.GetAsync($"{path}classification?tag=val", 200);

        Assert.Equal((2, 1), (found.GetProperty("samples").GetInt32(), found.GetProperty("excluded").GetProperty("nan").GetInt32()));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("auc").GetProperty("macro").ValueKind);
        Assert.Equal([null, 1.0], found.GetProperty("recall").Array<double?>("per_class"));
        Assert.Equal(0, found.GetProperty("roc").GetArrayLength());
        Assert.Superset(
            new HashSet<string> { "samples nan_scores", "auc one_class", "recall.per_class no_samples_of_class", "precision.per_class never_predicted", "matthews one_value" }, Reasons(found).ToHashSet());
    }

    [Fact]
    public async Task Classification_WhereEverySampleHasNan_IsNullThroughout()
    {
        var path = await LogAsync("empty", """{"type":"predictions","tag":"val","step":1,"labels":[0],"scores":[["NaN",1]]}""");

        var found = await _client.GetAsync($"{path}classification?tag=val", 200);

        Assert.Equal(JsonValueKind.Null, found.GetProperty("accuracy").ValueKind);
        Assert.Equal(["samples no_samples"], Reasons(found));
    }

    [Fact]
    public async Task Classification_ManyClasses_ListsTheMostFrequentAndTheLargestMistakes()
    {
        const int classes = 3000;
        const int rows = 20;
        var labels = Enumerable.Range(0, rows).Select(row => row % 4 == 0 ? 7 : classes - 1 - row).ToArray();
        // Everything is taken for class 5.
        var scores = string.Join(',', Enumerable.Range(0, rows).Select(row => $"[{string.Join(',', Enumerable.Range(0, classes).Select(at => at == 5 ? 3 : (row + at) % 2))}]"));
        var path = await LogAsync("many", $$"""{"type":"predictions","tag":"val","step":1,"labels":[{{string.Join(',', labels)}}],"scores":[{{scores}}]}""");

        var found = await _client.GetAsync($"{path}classification?tag=val", 200);
        var one = await _client.GetAsync($"{path}classification?tag=val&class=7&points=0", 200);

        Assert.Equal(1000, found.GetProperty("classes").GetArrayLength());
        Assert.Equal(7, found.Array<int>("classes")[0]);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("confusion").ValueKind);
        Assert.Equal("""{"label":7,"predicted":5,"count":5}""", found.GetProperty("mistakes")[0].GetRawText());
        Assert.Equal([7], one.GetProperty("roc").EnumerateArray().Select(roc => roc.GetProperty("class").GetInt32()));
        Assert.Contains("confusion many_classes", Reasons(found));
    }

    [Fact]
    public async Task Classification_LongCurve_IsThinnedAndWholeOnRequest()
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, 3000).Select(_ => random.Next(2)).ToArray();
        var scores = string.Join(',', labels.Select(label => FormattableString.Invariant($"[{(random.NextDouble() + (label * 0.3)) / 1.3}]")));
        var path = await LogAsync("long", $$"""{"type":"predictions","tag":"val","step":1,"labels":[{{string.Join(',', labels)}}],"scores":[{{scores}}]}""");

        var thin = (await _client.GetAsync($"{path}classification?tag=val", 200)).GetProperty("pr")[1];
        var whole = (await _client.GetAsync($"{path}classification?tag=val&points=0", 200)).GetProperty("pr")[1];

        Assert.InRange(thin.GetProperty("recall").GetArrayLength(), 200, 500);
        Assert.Equal(3001, whole.GetProperty("recall").GetArrayLength());
        Assert.Equal(3001, thin.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task OperatingPoint_AtAnyThreshold_CountsAllSamples()
    {
        var path = await LogAsync("point", """{"type":"predictions","tag":"val","step":1,"labels":[0,0,1,1],"scores":[[0.1],[0.4],[0.35],[0.8]]}""");

        var found = await _client.GetAsync($"{path}classification/point?tag=val&class=1&threshold=0.35", 200);

        Assert.Equal((2, 1, 0, 1), (Count("true_positives"), Count("false_positives"), Count("false_negatives"), Count("true_negatives")));
        Assert.Equal((0.8, 0.5), (found.GetProperty("f1").GetDouble(), found.GetProperty("fpr").GetDouble()));

        int Count(string name) => found.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task ConfusionSamples_OfACell_AreThoseOfTheLargestLossFirst()
    {
        var path = await LogAsync("cell", """
            {"type":"predictions","tag":"val","step":1,"labels":[0,0,0,1],"scores":[[0.1,0.9],[0.4,0.6],[0.7,0.3],[0.2,0.8]],"losses":[2.3,0.9,0.3,"NaN"],
             "ids":["a","b","c","d"],"classes":["cat","dog"],"sprite":{"name":"sprites/val.png","width":8,"height":8}}
            """);

        var cell = await _client.GetAsync($"{path}classification/samples?tag=val&label=0&predicted=1", 200);
        var worst = await _client.GetAsync($"{path}classification/samples?tag=val&limit=1", 200);

        Assert.Equal(["a", "b"], cell.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
        Assert.Equal(2, cell.GetProperty("total").GetInt32());
        Assert.Equal(0.9, cell.GetProperty("items")[0].GetProperty("score").GetDouble());
        Assert.Equal(8, cell.GetProperty("sprite").GetProperty("width").GetInt32());
        Assert.Equal("d", worst.GetProperty("items")[0].Text("id"));
    }

    [Fact]
    public async Task Regression_TwoOutputs_IsMeasuredOverEachAndTogether()
    {
        var path = await LogAsync("regression", """
            {"type":"predictions","tag":"price","step":2,"targets":[[1,0],[2,0],[3,0],[4,0]],"scores":[[1.5,1],[2,0],[2.5,0],["NaN",0]],"ids":["a","b","c","d"]}
            """);

        var found = await _client.GetAsync($"{path}regression?tag=price", 200);

        var first = found.GetProperty("outputs")[0];
        Assert.Equal((3, 1), (first.GetProperty("samples").GetInt32(), first.GetProperty("non_finite").GetInt32()));
        // Targets 1, 2, 3: Σ(y − 2)² = 2, Σe² = .5.
        Assert.Equal(0.75, first.GetProperty("measures").GetProperty("r2").GetDouble(), Digits);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("outputs")[1].GetProperty("measures").GetProperty("r2").ValueKind);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("mean").GetProperty("r2").ValueKind);
        Assert.Equal([0, 1, 2], found.GetProperty("points").Array<int>("rows"));
        Assert.Equal(3.0, found.GetProperty("residuals").Array<double>("counts").Sum());
        Assert.Contains("r2 constant_target", Reasons(await _client.GetAsync($"{path}regression?tag=price&output=1", 200)));
        Assert.Contains("samples non_finite", Reasons(found));
    }

    [Fact]
    public async Task Regression_ManySamples_AreThinnedButTheWorstStay()
    {
        var rows = Enumerable.Range(0, 500).ToArray();
        var scores = string.Join(',', rows.Select(row => $"[{(row == 321 ? 9999 : row)}]"));
        var path = await LogAsync("thinned", $$"""{"type":"predictions","tag":"price","step":2,"targets":[{{string.Join(',', rows)}}],"scores":[{{scores}}]}""");

        var points = (await _client.GetAsync($"{path}regression?tag=price&points=40", 200)).GetProperty("points");

        Assert.Equal((500, 40), (points.GetProperty("total").GetInt32(), points.GetProperty("rows").GetArrayLength()));
        Assert.Contains(321, points.Array<int>("rows"));
    }

    [Fact]
    public async Task Query_ManySteps_GivesCurvesOfEachRunAndReadsWhatWasReplaced()
    {
        var classifier = await LogAsync("curve", """
            {"type":"predictions","tag":"val","step":1,"labels":[0,1],"scores":[[0.9,0.1],[0.8,0.2]]},
            {"type":"predictions","tag":"val","step":2,"labels":[0,1],"scores":[[0.9,0.1],[0.2,0.8]]}
            """);
        var regression = await LogAsync("curve-regression", """{"type":"predictions","tag":"val","step":7,"targets":[1,2],"scores":[[1],[3]]}""");
        var ids = new[] { Id(classifier), Id(regression), "none" };

        var found = await QueryAsync(new { run_ids = ids, tags = new[] { "val" } });
        await LogAsync("curve", """{"type":"predictions","tag":"val","step":2,"labels":[0,1],"scores":[[0.1,0.9],[0.8,0.2]]}""");
        var again = await QueryAsync(new { run_ids = ids, tags = new[] { "val" }, points = 1 });

        var (first, second) = (found.GetProperty("series")[0], found.GetProperty("series")[1]);
        Assert.Equal(("classification", "regression"), (first.Text("task")!, second.Text("task")!));
        Assert.Equal([1L, 2], first.Array<long>("steps"));
        Assert.Equal([0.5, 1], first.GetProperty("measures").Array<double>("accuracy"));
        Assert.Equal([0.5], second.GetProperty("measures").Array<double>("mae"));
        Assert.Equal([0.0], again.GetProperty("series")[0].GetProperty("measures").Array<double>("accuracy"));
    }

    [Theory]
    [InlineData("classification?tag=none", 404, "series_not_found")]
    [InlineData("classification?tag=val&step=9", 404, "step_not_found")]
    [InlineData("classification?tag=val&class=2", 400, "invalid_parameter")]
    [InlineData("classification?tag=val&points=1", 400, "invalid_parameter")]
    [InlineData("classification?tag=price", 422, "not_classification")]
    [InlineData("classification/point?tag=val&class=1&threshold=NaN", 400, "invalid_parameter")]
    [InlineData("classification/point?tag=val&class=-1&threshold=0", 400, "invalid_parameter")]
    [InlineData("classification/samples?tag=val&label=2", 400, "invalid_parameter")]
    [InlineData("classification/samples?tag=val&limit=0", 400, "invalid_parameter")]
    [InlineData("regression?tag=val", 422, "not_regression")]
    [InlineData("regression?tag=price&output=1", 400, "invalid_parameter")]
    public async Task Evaluation_OfWhatIsNotThere_SaysSo(string query, int status, string code)
    {
        var path = await LogAsync("wrong", """
            {"type":"predictions","tag":"val","step":1,"labels":[0],"scores":[[1,0]]},{"type":"predictions","tag":"price","step":1,"targets":[1],"scores":[[1]]}
            """);

        Assert.Equal(code, (await _client.GetAsync(path + query, status)).Text("code"));
    }

    [Fact]
    public async Task Query_WithoutRuns_NamesTheField()
    {
        var problem = await _client.SendAsync(HttpMethod.Post, "/api/v1/predictions/query", """{"tags":["val"],"run_ids":[]}""", 422);

        Assert.Equal("missing", problem.ErrorCode("/run_ids"));
    }

    private static List<string> Reasons(JsonElement found) => [.. found.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.Text("field")} {reason.Text("code")}")];

    private static string Id(string path) => path.Split('/')[^2];

    private Task<JsonElement> QueryAsync(object query) => _client.SendAsync(HttpMethod.Post, "/api/v1/predictions/query", query, 200);

    private async Task<string> LogAsync(string run, string events) =>
        $"/api/v1/runs/{(await _client.PostEventsAsync($$"""{"project":"evaluation","run":"{{run}}","events":[{{events}}]}""")).Text("run_id")}/";
}
