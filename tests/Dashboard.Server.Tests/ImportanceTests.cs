using System.Globalization;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class ImportanceTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const string Metric = "\"metric\":\"summary(\\\"val/loss\\\").min\"";
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    // Runs with a learning rate, a width, an optimiser and a constant, and the process's number, which is no setting; what the metric is of them, the test says.
    private async Task MakeAsync(string project, int runs, Func<double, int, double?> loss)
    {
        var random = new Random(5);
        for (var at = 0; at < runs; at++)
        {
            var (rate, width) = (Math.Pow(10, -4 + (3 * random.NextDouble())), random.Next(1, 9));
            var config = FormattableString.Invariant($$"""{"lr":{{rate}},"width":{{width}},"optimizer":{"name":"{{(width % 2 == 0 ? "adam" : "sgd")}}"},"seed":7,"environment":{"pid":{{at}} } }""");
            await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{project}}","run":"r{{at}}","config":{{config}}}""", 201);
            if (loss(rate, width) is { } value)
            {
                var text = double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "\"NaN\"";
                await _client.PostEventsAsync($$"""{"project":"{{project}}","run":"r{{at}}","events":[{"type":"scalar","tag":"val/loss","step":1,"value":{{text}}}]}""");
            }
        }
    }

    private Task<JsonElement> StudyAsync(string body, int status = 200) => _client.SendAsync(HttpMethod.Post, "/api/v1/hyperparameters/importance", body, status);

    [Fact]
    public async Task Study_MetricOfOneSetting_NamesItFirst()
    {
        await MakeAsync("one", 60, (rate, _) => Math.Log10(rate) * -1);

        var answer = await StudyAsync($$"""{"project":"one",{{Metric}}}""");

        Assert.Equal((60, 0, JsonValueKind.Null), (answer.GetProperty("runs").GetInt32(), answer.GetProperty("left_out").GetInt32(), answer.GetProperty("why_none").ValueKind));
        var fields = answer.GetProperty("fields").EnumerateArray().ToList();
        // Neither the constant seed nor what the client notes of the machine is among them.
        Assert.Equal(["config.lr", "config.optimizer.name", "config.width"], fields.Select(field => field.GetProperty("path").GetString()).Order());
        Assert.Equal("config.lr", fields[0].GetProperty("path").GetString());
        // A forest of 60 runs draws a straight line well, and shuffling its only cause costs more than the variance.
        Assert.InRange(answer.GetProperty("r2").GetDouble(), .9, 1);
        Assert.True(fields[0].GetProperty("importance").GetDouble() > 10 * fields[1].GetProperty("importance").GetDouble());
        Assert.Equal(-1, fields[0].GetProperty("correlation").GetDouble(), 12);
        var optimizer = fields.Single(field => field.GetProperty("name").GetString() == "optimizer.name");
        Assert.Equal(JsonValueKind.Null, optimizer.GetProperty("correlation").ValueKind);
        Assert.Equal((60, 2), (optimizer.GetProperty("runs").GetInt32(), optimizer.GetProperty("distinct").GetInt32()));
        Assert.Equal(answer.GetProperty("fields").GetRawText(), (await StudyAsync($$"""{"project":"one",{{Metric}},"seed":0}""")).GetProperty("fields").GetRawText());
    }

    [Fact]
    public async Task Study_RunsWithoutTheMetric_AreLeftOutAndCounted()
    {
        var at = 0;
        await MakeAsync("gaps", 20, (_, width) => (at++ % 4) switch { 0 => null, 1 => double.NaN, _ => width });

        var answer = await StudyAsync($$"""{"project":"gaps",{{Metric}}}""");

        Assert.Equal((10, 10), (answer.GetProperty("runs").GetInt32(), answer.GetProperty("left_out").GetInt32()));
    }

    [Fact]
    public async Task Study_QueryAndRunIds_NarrowTheRuns()
    {
        await MakeAsync("narrow", 40, (_, width) => width);

        var all = await StudyAsync($$"""{"project":"narrow",{{Metric}},"query":"config.width > 4"}""");
        var none = await StudyAsync($$"""{"project":"narrow",{{Metric}},"run_ids":["nobody"]}""");

        Assert.InRange(all.GetProperty("runs").GetInt32(), 10, 30);
        Assert.Equal("too_few_runs", none.GetProperty("why_code").GetString());
    }

    [Theory]
    [InlineData("few", 9, false, "too_few_runs")]
    [InlineData("flat", 12, true, "constant_metric")]
    public async Task Study_NothingToLearn_SaysWhy(string project, int runs, bool flat, string code)
    {
        await MakeAsync(project, runs, (rate, _) => flat ? 1 : rate);

        var answer = await StudyAsync($$"""{"project":"{{project}}",{{Metric}}}""");

        Assert.Equal(code, answer.GetProperty("why_code").GetString());
        Assert.NotEqual("", answer.GetProperty("why_none").GetString());
        Assert.Equal((JsonValueKind.Null, 0), (answer.GetProperty("r2").ValueKind, answer.GetProperty("fields").GetArrayLength()));
    }

    [Fact]
    public async Task Study_OfNoProject_HasNoRuns() =>
        Assert.Equal("too_few_runs", (await StudyAsync($$"""{"project":"nothing here",{{Metric}}}""")).GetProperty("why_code").GetString());

    [Theory]
    [InlineData("{}", "/project")]
    [InlineData("""{"project":"p"}""", "/metric")]
    [InlineData("""{"project":"p","metric":"summary(loss)"}""", "/metric")]
    [InlineData("""{"project":"p","metric":"duration","query":"config.lr <"}""", "/query")]
    public async Task Study_BadBody_PointsAtIt(string body, string pointer) =>
        Assert.Contains(pointer, (await StudyAsync(body, 422)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
}
