using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class DiagnosisTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Diagnosis_OfALossThatDoubles_SaysDivergingWithEvidenceOnItsCurve()
    {
        var run = await PushAsync("doubling", "train/loss", Doubling());
        var answer = await DiagnosisAsync(run);
        var finding = Assert.Single(answer.GetProperty("items").EnumerateArray(), item => item.Text("code") == "diverging");
        Assert.Equal("critical", finding.Text("severity"));
        Assert.Equal("train/loss", finding.Text("tag"));
        Assert.InRange(finding.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.NotEmpty(finding.Array<string>("try"));
        Assert.Contains("train/loss", finding.Text("sentence"), StringComparison.Ordinal);
        var evidence = finding.GetProperty("evidence");
        Assert.Equal(["train/loss"], evidence.Array<string>("curves"));
        Assert.Contains(evidence.GetProperty("marks").EnumerateArray(), mark => mark.Text("kind") == "range" && mark.GetProperty("from_step").GetDouble() > 0);
        Assert.Equal(1, answer.GetProperty("read").GetProperty("curves").GetInt32());
        Assert.Equal(120, answer.GetProperty("read").GetProperty("points").GetInt64());
    }

    [Fact]
    public async Task Diagnosis_OfNothing_IsEmptyAndSaysThatNothingWasRead()
    {
        var run = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"diagnosis","run":"nothing"}""", 201)).Text("id")!;
        var answer = await DiagnosisAsync(run);
        Assert.Empty(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(0, answer.GetProperty("read").GetProperty("curves").GetInt32());
    }

    [Fact]
    public async Task Diagnosis_AfterMorePoints_ReadsThemAtOnce()
    {
        var run = await PushAsync("later", "train/loss", Falling(80));
        Assert.DoesNotContain("diverging", Codes(await DiagnosisAsync(run)));
        await PushAsync("later", "train/loss", Doubling(), 80);
        var answer = await DiagnosisAsync(run);
        Assert.Contains("diverging", Codes(answer));
        Assert.Equal(200, answer.GetProperty("read").GetProperty("points").GetInt64());
    }

    [Fact]
    public async Task Diagnosis_InParts_IsWhatItIsAtOnce()
    {
        // Past the buckets and the newest points, so that what is kept between readings is thinned and grown.
        double[] values = [.. Falling(3000), .. Doubling()];
        string? run = null;
        for (var at = 0; at < values.Length; at += 240)
        {
            run = await PushAsync("in parts", "train/loss", values[at..Math.Min(at + 240, values.Length)], at);
            await DiagnosisAsync(run);
        }
        var parts = await DiagnosisAsync(run!);
        var whole = await DiagnosisAsync(await PushAsync("at once", "train/loss", values));
        Assert.Equal(Codes(whole), Codes(parts));
        Assert.Contains("diverging", Codes(parts));
    }

    [Fact]
    public async Task Diagnosis_OfALossThatTurnsNaN_SaysSinceWhichStep()
    {
        double[] values = [.. Falling(40), .. Enumerable.Repeat(double.NaN, 20)];
        var answer = await DiagnosisAsync(await PushAsync("nan", "train/loss", values));
        var finding = answer.GetProperty("items")[0];
        Assert.Equal("non_finite", finding.Text("code"));
        Assert.Equal(40, finding.GetProperty("from_step").GetInt64());
    }

    [Fact]
    public async Task Diagnosis_OfUnevenLabels_CountsTheClasses()
    {
        var run = (await _client.PostEventsAsync("""{"project":"diagnosis","run":"labels","events":[{"type":"labels","split":"train","counts":{"cat":980,"dog":20}}]}""")).Text("run_id")!;
        var finding = Assert.Single((await DiagnosisAsync(run)).GetProperty("items").EnumerateArray(), item => item.Text("code") == "class_imbalance");
        Assert.Equal(20, finding.GetProperty("evidence").GetProperty("counts").GetProperty("train").GetProperty("dog").GetInt64());
    }

    [Theory]
    [InlineData("?lang=zh", "en")]
    [InlineData("", "zh-CN,zh;q=0.9")]
    public async Task Diagnosis_InChinese_SaysItInChinese(string query, string accept)
    {
        var run = await PushAsync("chinese", "train/loss", Doubling());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/diagnosis{query}");
        request.Headers.AcceptLanguage.ParseAdd(accept);
        using var response = await _client.SendAsync(request);
        var sentence = (await response.ReadAsync(200)).GetProperty("items")[0].Text("sentence")!;
        Assert.Contains(sentence, letter => letter is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public async Task Diagnosis_OfNoRun_Is404() => Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/none/diagnosis", 404)).Text("code"));

    [Fact]
    public async Task Diagnosis_OfABadAge_Is400() =>
        Assert.Equal("invalid_parameter", (await _client.GetAsync($"/api/v1/runs/{await PushAsync("age", "train/loss", Falling(5))}/diagnosis?max_age=-1", 400)).ErrorCode("/query/max_age"));

    [Fact]
    public async Task Query_OfTwoRunsAndNone_HasTheWorstOfEach()
    {
        var bad = await PushAsync("bad", "train/loss", Doubling());
        var good = await PushAsync("good", "train/loss", Falling(100));
        var answer = await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/query", new { run_ids = new[] { good, "none", bad } }, 200);
        var runs = answer.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal([good, bad], runs.Select(run => run.Text("run_id")));
        Assert.Equal(JsonValueKind.Null, runs[0].GetProperty("worst").ValueKind);
        Assert.Equal("diverging", runs[1].GetProperty("worst").Text("code"));
        Assert.Equal(1, runs[1].GetProperty("counts").GetProperty("critical").GetInt32());
        Assert.False(runs[1].TryGetProperty("diagnosis", out _));
        var whole = await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/query", new { run_ids = new[] { bad }, items = true }, 200);
        Assert.Contains("diverging", Codes(whole.GetProperty("runs")[0].GetProperty("diagnosis")));
    }

    [Fact]
    public async Task Query_WithoutRuns_Is422() =>
        Assert.Equal("missing", (await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/query", "{}", 422)).ErrorCode("/run_ids"));

    [Fact]
    public async Task Rules_OfAProject_AreListedWithTheirWords()
    {
        await PushAsync("rules", "train/loss", Falling(5));
        var rules = await _client.GetAsync("/api/v1/diagnosis/rules?project=diagnosis", 200);
        var codes = rules.GetProperty("rules").EnumerateArray().Select(rule => rule.Text("code")).ToHashSet();
        Assert.Superset(
            new HashSet<string?>
            {
                "converging", "converged", "plateau", "diverging", "non_finite", "oscillating", "not_falling", "overfitting", "underfitting",
                "vanishing_gradients", "exploding_gradients", "dead_units", "class_imbalance", "split_shift", "early_stop",
            },
            codes);
        Assert.All(rules.GetProperty("rules").EnumerateArray(), rule => Assert.NotEmpty(rule.Text("doc")!));
        Assert.NotEmpty(rules.GetProperty("vocabulary").GetProperty("curve").EnumerateArray());
        Assert.Equal("project_not_found", (await _client.GetAsync("/api/v1/diagnosis/rules?project=nowhere", 404)).Text("code"));
    }

    [Fact]
    public async Task Rules_SwitchedOffAndAdded_AreInForceAtOnceAndByRevision()
    {
        var run = await PushAsync("ruled", "train/loss", Doubling(), project: "ruled");
        Assert.Contains("diverging", Codes(await DiagnosisAsync(run)));
        var off = (await _client.GetAsync("/api/v1/diagnosis/rules?project=ruled", 200)).GetProperty("rules").EnumerateArray()
            .Where(rule => rule.Text("code") == "diverging").Select(rule => new { id = rule.Text("id"), enabled = false });
        object[] changes = [.. off, OwnRule("high_loss", "last > 2")];
        var saved = await PutRulesAsync("ruled", new { rules = changes }, 0, 200);
        Assert.Equal(1, saved.GetProperty("revision").GetInt64());
        var answer = await DiagnosisAsync(run);
        Assert.DoesNotContain("diverging", Codes(answer));
        Assert.Contains("high_loss", Codes(answer));
        Assert.Equal(1, answer.GetProperty("rules_revision").GetInt64());
        Assert.Equal("setting_changed", (await PutRulesAsync("ruled", new { rules = Array.Empty<object>() }, 0, 409)).Text("code"));
        await PutRulesAsync("ruled", new { }, 1, 200);
        Assert.Contains("diverging", Codes(await DiagnosisAsync(run)));
    }

    [Fact]
    public async Task Rules_ThatCannotBeUsed_AreRefusedWithPointersAndChangeNothing()
    {
        await PushAsync("refused", "train/loss", Falling(5), project: "refused");
        var refused = await PutRulesAsync("refused", new { rules = new[] { OwnRule("odd", "last >") } }, 0, 422);
        Assert.Equal("invalid_rule", refused.ErrorCode("/overlay/rules/0/when"));
        Assert.Equal("missing", (await _client.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/rules?project=refused", """{"overlay":{"rules":[]}}""", 422)).ErrorCode("/revision"));
        Assert.Equal("project_not_found", (await PutRulesAsync("nowhere", new { rules = Array.Empty<object>() }, 0, 404)).Text("code"));
        Assert.Equal(0, (await _client.GetAsync("/api/v1/diagnosis/rules?project=refused", 200)).GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task Rules_Tried_SayWhatTheyWouldAndStoreNothing()
    {
        var run = await PushAsync("tried", "train/loss", Doubling(), project: "tried");
        var tried = await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/rules/try", new { run_id = run, overlay = new { rules = new[] { OwnRule("high_loss", "last > 2") } } }, 200);
        Assert.Contains("high_loss", Codes(tried));
        Assert.DoesNotContain("high_loss", Codes(await DiagnosisAsync(run)));
        await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/rules/try", new { overlay = new { rules = new[] { OwnRule("good", "last > 2") } } }, 200);
        await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/rules/try", new { overlay = new { rules = new[] { OwnRule("bad", "lust > 2") } } }, 422);
    }

    [Fact]
    public async Task Curve_OfAnyName_IsReadOnceARuleAsksForIt()
    {
        var run = await PushAsync("named", "temperature", Doubling(), project: "named");
        Assert.Equal(0, (await DiagnosisAsync(run)).GetProperty("read").GetProperty("curves").GetInt32());
        var hot = new { id = "hot", code = "hot", scope = "scalar", tags = new[] { "temp*" }, severity = "warning", when = "last > 2", confidence = "0.9", sentence = new { en = "{tag} is high." }, @try = new { en = new[] { "Cool it." } }, doc = new { en = "A high value." } };
        await PutRulesAsync("named", new { rules = new[] { hot } }, 0, 200);
        var answer = await DiagnosisAsync(run);
        Assert.Equal(["hot"], Codes(answer));
        Assert.Equal(["temperature"], answer.GetProperty("items")[0].GetProperty("evidence").Array<string>("curves"));
    }

    private static object OwnRule(string code, string when) => new
    {
        id = code,
        code,
        scope = "curve",
        severity = "warning",
        when,
        confidence = "0.9",
        sentence = new { en = "{tag} is high." },
        @try = new { en = new[] { "Look at it." } },
        doc = new { en = "A high loss." },
    };

    private Task<JsonElement> PutRulesAsync(string project, object overlay, long revision, int expected) =>
        _client.SendAsync(HttpMethod.Put, $"/api/v1/diagnosis/rules?project={project}", new { overlay, revision }, expected);

    private Task<JsonElement> DiagnosisAsync(string run) => _client.GetAsync($"/api/v1/runs/{run}/diagnosis", 200);

    private static List<string?> Codes(JsonElement diagnosis) => [.. diagnosis.GetProperty("items").EnumerateArray().Select(item => item.Text("code"))];

    private async Task<string> PushAsync(string run, string tag, double[] values, int from = 0, string project = "diagnosis") =>
        (await _client.PostEventsAsync(CurveEvents.Of(project, run, tag, values, from))).Text("run_id")!;

    private static double[] Falling(int count) => CurveEvents.Falling(count);

    // Falls for sixty steps, then doubles every eight.
    private static double[] Doubling() => CurveEvents.Doubling();
}
