using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class RunEditTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Patch_Color_IsKeptAndCleared()
    {
        var id = await AddAsync("color");
        Assert.Equal(7, (await PatchAsync(id, """{"color":7}""", 200)).GetProperty("color").GetInt32());
        Assert.Equal(7, (await _client.GetAsync($"/api/v1/runs/{id}", 200)).GetProperty("color").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await PatchAsync(id, """{"color":-1}""", 200)).GetProperty("color").ValueKind);
        Assert.Equal("unknown_color", (await PatchAsync(id, """{"color":9}""", 422)).ErrorCode("/color"));
    }

    [Fact]
    public async Task Patch_Archived_SaysSinceWhen_AndComesBack()
    {
        var id = await AddAsync("archive");
        var since = (await PatchAsync(id, """{"archived":true}""", 200)).GetProperty("archived").GetDouble();
        Assert.True(since > 0);
        Assert.Equal(since, (await PatchAsync(id, """{"archived":true}""", 200)).GetProperty("archived").GetDouble());
        Assert.Equal(JsonValueKind.Null, (await PatchAsync(id, """{"archived":false}""", 200)).GetProperty("archived").ValueKind);
    }

    [Theory]
    [InlineData("""{"notes":"mine","base":{"notes":"first"}}""", "notes")]
    [InlineData("""{"name":"mine","base":{"name":"first"}}""", "name")]
    [InlineData("""{"group":"mine","base":{"group":""}}""", "group")]
    [InlineData("""{"tags":["mine"],"base":{"tags":["a"]}}""", "tags")]
    public async Task Patch_FromAnOlderState_Is409AndChangesNothing(string change, string field)
    {
        var id = await AddAsync("base-" + field);
        var before = await PatchAsync(id, """{"notes":"theirs","group":"theirs","tags":["b"]}""", 200);
        var refused = await PatchAsync(id, change, 409);
        Assert.Equal("run_changed", refused.GetProperty("code").GetString());
        Assert.Equal("run_changed", refused.ErrorCode("/base/" + field));
        var after = await _client.GetAsync($"/api/v1/runs/{id}", 200);
        Assert.Equal(before.GetProperty(field).GetRawText(), after.GetProperty(field).GetRawText());
    }

    [Fact]
    public async Task Patch_FromThePresentState_IsMade()
    {
        var id = await AddAsync("base");
        await PatchAsync(id, """{"notes":"one","tags":["a"]}""", 200);
        var changed = await PatchAsync(id, """{"notes":"two","base":{"notes":"one","tags":["a"],"name":"base","group":""}}""", 200);
        Assert.Equal("two", changed.GetProperty("notes").GetString());
    }

    [Fact]
    public async Task Bulk_Change_ReachesEachRun_AndNamesTheMissing()
    {
        var ids = new[] { await AddAsync("bulk-1"), await AddAsync("bulk-2") };
        await PatchAsync(ids[0], """{"tags":["old","keep"]}""", 200);
        var answer = await BulkAsync($$"""{"run_ids":["{{ids[0]}}","{{ids[1]}}","nobody"],"change":{"group":"g","add_tags":["new","keep"],"remove_tags":["old"],"trashed":true,"color":3} }""", 200);
        Assert.Equal(2, answer.GetProperty("changed").GetInt32());
        Assert.Equal("nobody", Assert.Single(answer.GetProperty("missing").EnumerateArray()).GetString());
        var run = await _client.GetAsync($"/api/v1/runs/{ids[0]}", 200);
        Assert.Equal("""["keep","new"]""", run.GetProperty("tags").GetRawText());
        Assert.Equal(("g", 3), (run.GetProperty("group").GetString(), run.GetProperty("color").GetInt32()));
        Assert.Equal(JsonValueKind.Number, (await _client.GetAsync($"/api/v1/runs/{ids[1]}", 200)).GetProperty("trashed").ValueKind);
    }

    [Fact]
    public async Task Bulk_Permanent_RemovesTheRuns()
    {
        var id = await AddAsync("bulk-gone");
        var answer = await BulkAsync($$"""{"run_ids":["{{id}}","{{id}}","nobody"],"permanent":true}""", 200);
        Assert.Equal((1, 1), (answer.GetProperty("changed").GetInt32(), answer.GetProperty("missing").GetArrayLength()));
        await _client.GetAsync($"/api/v1/runs/{id}", 404);
    }

    [Theory]
    [InlineData("""{"change":{}}""", "/run_ids", "missing")]
    [InlineData("""{"run_ids":["a"]}""", "/change", "missing")]
    [InlineData("""{"run_ids":["a"],"change":{},"permanent":true}""", "/permanent", "contradiction")]
    [InlineData("""{"run_ids":["a"],"change":{"add_tags":[""]}}""", "/change/add_tags/0", "empty_name")]
    [InlineData("""{"run_ids":["a"],"change":{"color":12}}""", "/change/color", "unknown_color")]
    public async Task Bulk_BadBody_Is422WithAPointer(string body, string pointer, string code) =>
        Assert.Equal(code, (await BulkAsync(body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Bulk_MoreRunsThanTheLimit_Is422()
    {
        var ids = string.Join(',', Enumerable.Range(0, 1001).Select(at => $"\"{at}\""));
        Assert.Equal("too_many_runs", (await BulkAsync($$"""{"run_ids":[{{ids}}],"change":{"trashed":true} }""", 422)).ErrorCode("/run_ids"));
    }

    private async Task<string> AddAsync(string name) =>
        (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"edits","run":"{{name}}"}""", 201)).GetProperty("id").GetString()!;

    private Task<JsonElement> PatchAsync(string id, string body, int expected) => _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", body, expected);

    private Task<JsonElement> BulkAsync(string body, int expected) => _client.SendAsync(HttpMethod.Post, "/api/v1/runs/bulk", body, expected);
}
