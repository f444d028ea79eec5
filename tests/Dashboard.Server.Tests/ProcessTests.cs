using System.Globalization;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class ProcessTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const double Start = 1_790_000_000;

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Read_ARunningJob_HasPhasesSpeedAndTimeLeft()
    {
        var found = await ReadAsync("running", """{"epochs":10,"steps_per_epoch":100}""",
            Curve("train/loss", 500, step => Start + 10 + (step * 0.5), step => 1.0 / (step + 1)),
            Phase("loading", 0, 10), Phase("training", 10, 100), Phase("evaluation", 90, 100));

        var phases = found.GetProperty("phases");
        Assert.Equal([("loading", 10.0, 10.0), ("training", 90, 80), ("evaluation", 10, 10)],
            phases.GetProperty("shares").EnumerateArray().Select(one => (one.Text("name")!, one.GetProperty("seconds").GetDouble(), one.GetProperty("own_seconds").GetDouble())));
        Assert.Equal((100, 159.5), (phases.GetProperty("covered").GetDouble(), phases.GetProperty("uncovered").GetDouble()));
        Assert.Equal(("train/loss", 2.0), (found.GetProperty("throughput").Text("tag"), Math.Round(found.GetProperty("throughput").GetProperty("recent").GetDouble(), 6)));
        var progress = found.GetProperty("progress");
        Assert.Equal((499, 1000, "epochs × steps_per_epoch"), (progress.GetProperty("step").GetInt32(), progress.GetProperty("total").GetInt32(), progress.Text("total_from")));
        Assert.Equal(250.5, progress.GetProperty("seconds_left").GetDouble(), 3);
        Assert.Equal(Start + 259.5 + 250.5, progress.GetProperty("ends_at").GetDouble(), 3);
    }

    [Fact]
    public async Task Read_ALearningRate_HasItsCourseAndItsPlan()
    {
        var found = await ReadAsync("rates", """{"lr":0.1,"scheduler":{"name":"StepLR","step_size":"100","gamma":0.5},"total_steps":400}""",
            Curve("train/lr", 250, step => Start + step, step => 0.1 * Math.Pow(0.5, step / 100)), Curve("train/learning_rate", 2, step => Start + step, _ => 0.1));
        var schedules = found.GetProperty("schedules").EnumerateArray().ToDictionary(one => one.Text("tag")!);
        var course = schedules["train/lr"].GetProperty("course");
        Assert.Equal(("step", 0.5, 100.0), (course.Text("kind"), course.GetProperty("parameters").GetProperty("factor").GetDouble(), course.GetProperty("parameters").GetProperty("period").GetDouble()));
        Assert.Equal(0, schedules["train/lr"].GetProperty("max_relative_error").GetDouble(), 9);
        // Two points are not enough to say anything.
        Assert.Equal(JsonValueKind.Null, schedules["train/learning_rate"].GetProperty("course").ValueKind);
        var plan = found.GetProperty("plan");
        Assert.Equal(("step", "StepLR"), (plan.GetProperty("course").Text("kind"), plan.Text("named")));
        var (steps, rates) = (plan.GetProperty("course").Array<double>("steps"), plan.GetProperty("course").Array<double>("rates"));
        // An edge is drawn as one: both of its sides are among the points.
        Assert.Equal((0.1, 0.05, 0.0125), (rates[Array.IndexOf(steps, 99)], rates[Array.IndexOf(steps, 100)], rates[Array.IndexOf(steps, 399)]));
    }

    [Theory]
    [InlineData("nothing", "{}", "no_steps", 0)]
    [InlineData("no total", "{}", "no_total", 50)]
    [InlineData("beyond", """{"total_steps":10}""", "beyond", 50)]
    public async Task Read_WhatCannotBeTold_SaysWhy(string name, string config, string why, int points)
    {
        var found = await ReadAsync(name, config, points == 0 ? [] : [Curve("loss", points, step => Start + step, _ => 1)]);
        Assert.Equal((why, JsonValueKind.Null), (found.GetProperty("progress").Text("why"), found.GetProperty("progress").GetProperty("seconds_left").ValueKind));
    }

    [Fact]
    public async Task Read_StepsThatAreEpochs_CountAgainstTheEpochs()
    {
        var found = await ReadAsync("epochs", """{"epochs":20,"steps_per_epoch":1000}""", Curve("val/loss", 5, step => Start + (60 * step), _ => 1));
        Assert.Equal((20, 4 / 20.0), (found.GetProperty("progress").GetProperty("total").GetInt32(), found.GetProperty("progress").GetProperty("share").GetDouble()));
        Assert.Equal(16 * 60, found.GetProperty("progress").GetProperty("seconds_left").GetDouble(), 6);
    }

    [Fact]
    public async Task Read_PhasesOfEpochs_TellWhatIsLeftWhereStepsDoNot()
    {
        var found = await ReadAsync("rounds", """{"epochs":6}""",
            Curve("train/loss", 300, step => Start + step, _ => 1), Phase("epoch", 0, 95), Phase("epoch", 100, 195), Phase("epoch", 200, 295));
        Assert.Equal((0.5, 300.0, "epochs, epoch"), (found.GetProperty("progress").GetProperty("share").GetDouble(), found.GetProperty("progress").GetProperty("seconds_left").GetDouble(), found.GetProperty("progress").Text("total_from")));
    }

    [Fact]
    public async Task Read_AFinishedRun_HasNoTimeLeftButItsTermsAndMachine()
    {
        const string Name = "ended";
        await ReadAsync(Name, """{"total_steps":100}""", Curve("train/loss", 50, step => Start + step, _ => 1), Curve("train/loss/l2", 50, step => Start + step, _ => 1),
            Curve("train/loss/data", 50, step => Start + step, _ => 1), Curve("system/cpu_percent", 4, step => Start + step, step => 10 * step));
        var id = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"process","run":"{{Name}}","status":"finished"}""", 200)).Text("id");
        var found = await _client.GetAsync($"/api/v1/runs/{id}/process", 200);
        Assert.Equal("ended", found.GetProperty("progress").Text("why"));
        Assert.Equal(["train/loss/data", "train/loss/l2"], found.GetProperty("losses")[0].Array<string>("terms"));
        var cpu = found.GetProperty("system")[0];
        Assert.Equal(("system/cpu_percent", 15.0, 0.0, 30.0), (cpu.Text("tag"), cpu.GetProperty("mean").GetDouble(), cpu.GetProperty("min").GetDouble(), cpu.GetProperty("max").GetDouble()));
    }

    [Fact]
    public async Task Read_NoRun_Is404() => Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/none/process", 404)).Text("code"));

    private async Task<JsonElement> ReadAsync(string run, string config, params string[] events)
    {
        var id = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"process","run":"{{run}}","config":{{config}},"status":"running"}""", 201)).Text("id");
        await _client.PostEventsAsync($$"""{"project":"process","run":"{{run}}","events":[{{string.Join(',', events)}}]}""");
        return await _client.GetAsync($"/api/v1/runs/{id}/process", 200);
    }

    private static string Curve(string tag, int count, Func<int, double> wall, Func<int, double> value)
    {
        string List(Func<int, double> of) => string.Join(',', Enumerable.Range(0, count).Select(step => of(step).ToString("R", CultureInfo.InvariantCulture)));
        return $$"""{"type":"scalars","tag":"{{tag}}","steps":[{{List(step => step)}}],"values":[{{List(value)}}],"wall_times":[{{List(wall)}}]}""";
    }

    private static string Phase(string name, double from, double to) => FormattableString.Invariant($$"""{"type":"phase","name":"{{name}}","started":{{Start + from}},"ended":{{Start + to}}}""");
}
