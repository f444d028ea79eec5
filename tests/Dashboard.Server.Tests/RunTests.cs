using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class RunTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Put_NewThenKnownRun_Is201Then200()
    {
        using var body = Requests.Json("""{"project":"runs","run":"put/1","config":{"lr":0.1,"layers":[1,2]},"tags":["x"],"group":"g","notes":"n"}""");
        using var response = await _client.PutAsync("/api/v1/runs", body);
        var run = await response.ReadAsync(201);
        var id = run.GetProperty("id").GetString();
        Assert.Equal($"/api/v1/runs/{id}", response.Headers.Location!.OriginalString);
        var changed = await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"runs","run":"put/1","status":"finished"}""", 200);
        Assert.Equal((id, "finished", "g", "n"), (
            changed.GetProperty("id").GetString(), changed.GetProperty("status").GetString(), changed.GetProperty("group").GetString(), changed.GetProperty("notes").GetString()));
        Assert.Equal("""{"lr":0.1,"layers":[1,2]}""", changed.GetProperty("config").GetRawText());
    }

    [Theory]
    [InlineData("""{"run":"r"}""", "/project", "missing")]
    [InlineData("""{"project":"p","run":""}""", "/run", "empty_name")]
    [InlineData("""{"project":"p","run":"r","status":"done"}""", "/status", "unknown_status")]
    [InlineData("""{"project":"p","run":"r","config":[1]}""", "/config", "wrong_type")]
    [InlineData("""{"project":"p","run":"r","tags":["ok","a\u0001"]}""", "/tags/1", "control_character")]
    [InlineData("""{"project":"p","run":"r","tags":["ok",7]}""", "/tags/1", "wrong_type")]
    [InlineData("""{"project":"p","run":7}""", "/run", "wrong_type")]
    [InlineData("""{"project":"p","run":"r","group":"\n"}""", "/group", "control_character")]
    public async Task Put_BadBody_Is422WithAPointer(string body, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", body, 422)).ErrorCode(pointer));

    [Theory]
    [InlineData("""{"project":"p",""")]
    [InlineData("")]
    public async Task Put_NoJson_Is400(string body) =>
        Assert.Equal("malformed_json", (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", body, 400)).GetProperty("code").GetString());

    [Fact]
    public async Task List_Pages_GiveEachRunOnce()
    {
        for (var at = 0; at < 5; at++)
            await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"paging","run":"r{{at}}"}""", 201);
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _client.GetAsync("/api/v1/runs?project=paging&limit=2" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)), 200);
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("name").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(["r4", "r3", "r2", "r1", "r0"], names);
    }

    [Theory]
    [InlineData("limit=0", "/query/limit", "invalid_parameter")]
    [InlineData("limit=1001", "/query/limit", "invalid_parameter")]
    [InlineData("limit=many", "/query/limit", "invalid_parameter")]
    [InlineData("trash=maybe", "/query/trash", "invalid_parameter")]
    [InlineData("cursor=nonsense", "/query/cursor", "invalid_cursor")]
    public async Task List_BadParameter_Is400(string query, string pointer, string code) =>
        Assert.Equal(code, (await _client.GetAsync("/api/v1/runs?" + query, 400)).ErrorCode(pointer));

    [Fact]
    public async Task Delete_ThenRestore_GoesThroughTheTrash()
    {
        var id = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"trash","run":"r"}""", 201)).GetProperty("id").GetString();
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{id}", null, 204);
        Assert.Equal(0, Count(await _client.GetAsync("/api/v1/runs?project=trash", 200)));
        Assert.Equal(1, Count(await _client.GetAsync("/api/v1/runs?project=trash&trash=true", 200)));
        var back = await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", """{"trashed":false}""", 200);
        Assert.Equal(JsonValueKind.Null, back.GetProperty("trashed").ValueKind);
        Assert.Equal(1, Count(await _client.GetAsync("/api/v1/runs?project=trash", 200)));
    }

    [Fact]
    public async Task Delete_Permanently_LeavesNothing()
    {
        var id = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"gone","run":"r"}""", 201)).GetProperty("id").GetString();
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{id}?permanent=true", null, 204);
        Assert.Equal("run_not_found", (await _client.GetAsync($"/api/v1/runs/{id}", 404)).GetProperty("code").GetString());
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{id}", null, 404);
        await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", "{}", 404);
    }

    [Fact]
    public async Task Patch_ATakenName_Is409()
    {
        await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"names","run":"a"}""", 201);
        var id = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"names","run":"b"}""", 201)).GetProperty("id").GetString();
        Assert.Equal("run_name_taken", (await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", """{"name":"a"}""", 409)).GetProperty("code").GetString());
        Assert.Equal("c", (await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", """{"name":"c"}""", 200)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Projects_AfterAPut_CountTheirRuns()
    {
        await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"counted","run":"a"}""", 201);
        await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"counted","run":"b","status":"failed"}""", 201);
        var projects = (await _client.GetAsync("/api/v1/projects", 200)).GetProperty("items").EnumerateArray();
        var counted = projects.Single(project => project.GetProperty("name").GetString() == "counted");
        Assert.Equal((2, 1), (counted.GetProperty("runs").GetInt32(), counted.GetProperty("running").GetInt32()));
    }

    private static int Count(JsonElement page) => page.GetProperty("items").GetArrayLength();
}
