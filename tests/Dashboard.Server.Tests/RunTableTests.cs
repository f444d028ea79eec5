using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class RunTableTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Table_Values_AreThoseOfTheRun()
    {
        var id = await PutAsync("values", "r", """
            "config":{"lr":0.001,"name":"a","amp":true,"none":null,"list":[1, "x"],"in":{"depth":3,"empty":{}},"odd key":"o","big":1e300},"tags":["x","y"],"group":"g","notes":"n"
            """);
        await PushAsync("values", "r", ("loss", 1, 3), ("loss", 2, 1), ("loss", 3, double.NaN), ("acc", 7, 0.5));
        string[] columns =
        [
            "id", "name", "group", "parent", "status", "tags", "notes", "created", "updated", "duration", "config.lr", "config.name", "config.amp", "config.none", "config.list", "config.in.depth",
            "config.in.empty", "config[\"odd key\"]", "config.big", "config.missing", "summary(\"loss\").last", "summary(\"loss\").min", "summary(\"loss\").max", "summary(\"loss\").step", "summary(\"acc\").step", "summary(\"none\").last",
        ];
        var table = await TableAsync("values", new { columns });
        var run = await _client.GetAsync($"/api/v1/runs/{id}", 200);
        var row = table.GetProperty("runs")[0];
        foreach (var name in new[] { "id", "name", "group", "status", "color", "tags", "created", "updated", "notes" })
            Assert.Equal(run.GetProperty(name).GetRawText(), row.GetProperty(name).GetRawText());
        string Value(string column) => table.GetProperty("columns").GetProperty(column)[0].GetRawText();
        foreach (var name in columns.Take(9))
            Assert.Equal(run.GetProperty(name).GetRawText(), Value(name));
        foreach (var name in new[] { "lr", "name", "amp" })
            Assert.Equal(run.GetProperty("config").GetProperty(name).GetRawText(), Value("config." + name));
        Assert.Equal(1e300, double.Parse(Value("config.big"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(("null", "3", "\"o\"", "null"), (Value("config.none"), Value("config.in.depth"), Value("config[\"odd key\"]"), Value("config.missing")));
        Assert.Equal(("[1,\"x\"]", "{}"), (table.GetProperty("columns").GetProperty("config.list")[0].GetString(), table.GetProperty("columns").GetProperty("config.in.empty")[0].GetString()));
        var loss = run.GetProperty("summary").GetProperty("loss");
        foreach (var name in new[] { "last", "min", "max", "step" })
            Assert.Equal(loss.GetProperty(name).GetRawText(), Value($"summary(\"loss\").{name}"));
        Assert.Equal(("7", "null"), (Value("summary(\"acc\").step"), Value("summary(\"none\").last")));
        Assert.Equal(run.GetProperty("updated").GetDouble() - run.GetProperty("created").GetDouble(), double.Parse(Value("duration"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Table_Sorted_PutsAbsentAndNaNLastEitherWay()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        double?[] losses = [2, null, double.NaN, 1, 2];
        for (var at = 0; at < names.Length; at++)
        {
            await PutAsync("sorted", names[at], $$"""
                "config":{"k":{{(at % 2 == 0 ? "\"text\"" : "5")}}}
                """);
            if (losses[at] is { } loss)
                await PushAsync("sorted", names[at], ("loss", 1, loss));
        }
        // Ties: newest first.
        Assert.Equal("d,e,a,c,b", await SortedAsync(("summary(\"loss\").last", false)));
        Assert.Equal("e,a,d,c,b", await SortedAsync(("summary(\"loss\").last", true)));
        Assert.Equal("d,b,e,c,a", await SortedAsync(("config.k", false)));
        Assert.Equal("b,d,a,c,e", await SortedAsync(("config.k", false), ("name", false)));
        Assert.Equal("e,d,c,b,a", await SortedAsync());
        Assert.Equal("a,b,c,d,e", await SortedAsync(("created", false), ("name", false)));

        async Task<string> SortedAsync(params (string By, bool Descending)[] keys) =>
            Names(await TableAsync("sorted", new { sort = keys.Select(key => new { by = key.By, descending = key.Descending }) }));
    }

    [Fact]
    public async Task Table_RunsCreatedAtOnce_AreNewestFirst()
    {
        var names = Enumerable.Range(0, 40).Select(at => $"r{at}").ToArray();
        foreach (var name in names)
            await PushAsync("at once", name, ("loss", 0, 1));
        var table = await TableAsync("at once", new { columns = new[] { "name" } });
        Assert.Equal(names.Reverse(), table.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Table_Pages_GiveEachRunOnce()
    {
        for (var at = 0; at < 7; at++)
            await PutAsync("paged", $"r{at}", $"\"config\":{{\"odd\":{(at % 2 == 1 ? "true" : "false")}}}");
        var seen = new List<string>();
        for (var offset = 0; offset < 4; offset += 2)
        {
            var page = await TableAsync("paged", new { query = "config.odd = false", offset, limit = 2, sort = new[] { new { by = "name" } } });
            Assert.Equal((7, 4, offset), (page.GetProperty("total").GetInt32(), page.GetProperty("matched").GetInt32(), page.GetProperty("offset").GetInt32()));
            seen.Add(Names(page));
        }
        Assert.Equal(["r0,r2", "r4,r6"], seen);
        Assert.Equal("", Names(await TableAsync("paged", new { offset = 1000 })));
        Assert.Equal((7, 0), await TableAsync("paged", new { limit = 0 }) is var none ? (none.GetProperty("matched").GetInt32(), none.GetProperty("runs").GetArrayLength()) : default);
    }

    [Theory]
    [InlineData("{}", "/project", "missing")]
    [InlineData("""{"project":"p","state":"gone"}""", "/state", "unknown_state")]
    [InlineData("""{"project":"p","offset":-1}""", "/offset", "out_of_range")]
    [InlineData("""{"project":"p","limit":20001}""", "/limit", "out_of_range")]
    [InlineData("""{"project":"p","sort":[{"by":"name"},{"by":"lr"}]}""", "/sort/1/by", "unknown_name")]
    [InlineData("""{"project":"p","sort":[{}]}""", "/sort/0/by", "missing")]
    [InlineData("""{"project":"p","columns":["config.lr","config.lr <"]}""", "/columns/1", "unexpected_token")]
    public async Task Table_BadBody_Is422WithAPointer(string body, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Table_AFaultInTheQuery_IsNamedWithItsPlace()
    {
        var problem = await _client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", """{"project":"p","query":"a and confg.lr < 1"}""", 422);
        Assert.Equal("invalid_query", problem.GetProperty("code").GetString());
        var error = problem.GetProperty("errors")[0];
        Assert.Equal(("/query", "unknown_name", 6, 5), (
            error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString(), error.GetProperty("position").GetInt32(), error.GetProperty("length").GetInt32()));
        var deep = await _client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", new { project = "p", query = new string('(', 100_000) }, 422);
        Assert.Equal("query_too_complex", deep.GetProperty("code").GetString());
        var metrics = await _client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", new { project = "p", columns = Enumerable.Range(0, 51).Select(at => $"summary(\"m{at}\").last") }, 422);
        Assert.Equal("query_too_complex", metrics.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Fields_OfAProject_CountRunsAndValues()
    {
        await PutAsync("fields", "a", """ "config":{"lr":0.1,"opt":{"name":"adam"},"mix":1,"odd key":true} """);
        await PutAsync("fields", "b", """ "config":{"lr":0.1,"opt":{"name":"sgd"},"mix":"x"} """);
        var c = await PutAsync("fields", "c", """ "config":{"lr":3} """);
        await PushAsync("fields", "a", ("val/loss", 1, 1), ("acc", 1, 1));
        await PushAsync("fields", "c", ("val/loss", 1, 1));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{await PutAsync("fields", "d", "\"config\":{\"gone\":1}")}", null, 204);
        Assert.Equal(
            ["lr config.lr number 3 2", "mix config.mix mixed 2 2", "opt.name config.opt.name text 2 2", "odd key config[\"odd key\"] boolean 1 1"],
            Config(await _client.GetAsync("/api/v1/runs/fields?project=fields", 200)));
        Assert.Equal(["val/loss 2", "acc 1"], Metrics(await _client.GetAsync("/api/v1/runs/fields?project=fields", 200)));
        // Kept up without another count: a new tag, then a run that goes.
        await PushAsync("fields", "b", ("acc", 1, 1), ("val/loss", 1, 1));
        Assert.Equal(["val/loss 3", "acc 2"], Metrics(await _client.GetAsync("/api/v1/runs/fields?project=fields", 200)));
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{c}", null, 204);
        var found = await _client.GetAsync("/api/v1/runs/fields?project=fields&find=LO&limit=1", 200);
        Assert.Equal(["val/loss 2"], Metrics(found));
        Assert.Equal((0, 1), (found.GetProperty("config_total").GetInt32(), found.GetProperty("metrics_total").GetInt32()));
        Assert.Equal(["lr config.lr number 2 1"], Config(await _client.GetAsync("/api/v1/runs/fields?project=fields&find=lr", 200)));
        Assert.Equal(0, (await _client.GetAsync("/api/v1/runs/fields?project=none", 200)).GetProperty("config_total").GetInt32());
        Assert.Equal("invalid_parameter", (await _client.GetAsync("/api/v1/runs/fields?project=p&limit=0", 400)).ErrorCode("/query/limit"));

        static string[] Config(JsonElement fields) => [.. fields.GetProperty("config").EnumerateArray().Select(field => string.Join(' ', field.EnumerateObject().Select(value => value.Value.ToString())))];

        static string[] Metrics(JsonElement fields) => [.. fields.GetProperty("metrics").EnumerateArray().Select(field => string.Join(' ', field.EnumerateObject().Select(value => value.Value.ToString())))];
    }

    [Fact]
    public async Task List_WithAQuery_PagesWhatItFinds()
    {
        foreach (var name in new[] { "50%_a", "50xxb", "back\\slash", "other" })
            await PutAsync("listed", name, "\"group\":\"seeds\"");
        for (var at = 0; at < 5; at++)
            await PutAsync("listed", $"r{at}", $"\"config\":{{\"lr\":{at}}}");
        Assert.Equal(["50%_a"], await ListAsync("50%"));
        Assert.Equal(["50%_a"], await ListAsync("_A"));
        Assert.Equal(["back\\slash"], await ListAsync("\\"));
        Assert.Equal(["other", "back\\slash", "50xxb", "50%_a"], await ListAsync("seed"));
        Assert.Equal(["r4", "r3", "r1", "r0"], await ListAsync("config.lr != 2"));
        var problem = await _client.GetAsync("/api/v1/runs?project=listed&query=" + Uri.EscapeDataString("lr < 1"), 422);
        Assert.Equal("unknown_name", problem.ErrorCode("/query/query"));
        Assert.Equal("invalid_cursor", (await _client.GetAsync("/api/v1/runs?query=a&cursor=nonsense", 400)).ErrorCode("/query/cursor"));
        Assert.Equal(["r2"], Items(await _client.GetAsync("/api/v1/runs?query=" + Uri.EscapeDataString("config.lr = 2 seeds or config.lr = 2"), 200)));

        async Task<List<string>> ListAsync(string query)
        {
            var names = new List<string>();
            string? cursor = null;
            do
            {
                var page = await _client.GetAsync($"/api/v1/runs?project=listed&limit=2&query={Uri.EscapeDataString(query)}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}", 200);
                names.AddRange(Items(page));
                cursor = page.GetProperty("next_cursor").GetString();
            }
            while (cursor is not null);
            return names;
        }

        static List<string> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];
    }

    private async Task<string> PutAsync(string project, string run, string fields)
    {
        var name = JsonSerializer.Serialize(run);
        return (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{project}}","run":{{name}},{{fields}}}""", 201)).GetProperty("id").GetString()!;
    }

    private Task<JsonElement> PushAsync(string project, string run, params (string Tag, int Step, double Value)[] points) => _client.PostEventsAsync(
        $$"""{"project":"{{project}}","run":"{{run}}","events":[{{string.Join(',', points.Select(point => $$"""{"type":"scalar","tag":"{{point.Tag}}","step":{{point.Step}},"value":{{Number(point.Value)}}}"""))}}]}""");

    private Task<JsonElement> TableAsync(string project, object more)
    {
        var body = JsonSerializer.SerializeToNode(more)!.AsObject();
        body["project"] = project;
        return _client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", body.ToJsonString(), 200);
    }

    private static string Number(double value) => double.IsNaN(value) ? "\"NaN\"" : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static string Names(JsonElement table) => string.Join(',', table.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
}
