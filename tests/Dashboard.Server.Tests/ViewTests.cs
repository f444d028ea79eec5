using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class ViewTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Post_ThenList_HasItOfItsKindAndProject()
    {
        await ProjectAsync("views");
        var saved = await PostAsync("""{"project":"views","kind":"view","name":"Early <b>","body":{"path":"scalars?x=time"}}""", 201);
        await PostAsync("""{"project":"views","kind":"query","name":"q","body":{"query":"cnn"}}""", 201);
        var listed = await _client.GetAsync("/api/v1/views?project=views&kind=view&bodies=true", 200);
        var item = Assert.Single(listed.GetProperty("items").EnumerateArray());
        Assert.Equal(saved.GetRawText(), item.GetRawText());
        Assert.Equal("scalars?x=time", item.GetProperty("body").GetProperty("path").GetString());
        Assert.Equal("{}", (await _client.GetAsync("/api/v1/views?project=views&kind=query", 200)).GetProperty("items")[0].GetProperty("body").GetRawText());
        Assert.Equal(0, (await _client.GetAsync("/api/v1/views?project=others", 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Put_FromAnOlderVersion_Is409AndChangesNothing()
    {
        await ProjectAsync("versions");
        var id = (await PostAsync("""{"project":"versions","kind":"report","name":"r","body":{"blocks":[]}}""", 201)).GetProperty("id").GetString();
        var second = await PutAsync(id, """{"name":"r2","body":{"blocks":[1]},"version":1}""", 200);
        Assert.Equal(2, second.GetProperty("version").GetInt64());
        Assert.Equal("view_changed", (await PutAsync(id, """{"name":"mine","body":{},"version":1}""", 409)).GetProperty("code").GetString());
        Assert.Equal("r2", (await _client.GetAsync($"/api/v1/views/{id}", 200)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Delete_ThenGet_Is404()
    {
        await ProjectAsync("deleted");
        var id = (await PostAsync("""{"project":"deleted","kind":"view","name":"v","body":{}}""", 201)).GetProperty("id").GetString();
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/views/{id}", "", 204);
        Assert.Equal("view_not_found", (await _client.GetAsync($"/api/v1/views/{id}", 404)).GetProperty("code").GetString());
        await PutAsync(id, """{"name":"v","body":{},"version":1}""", 404);
    }

    [Theory]
    [InlineData("""{"kind":"view","name":"n","body":{}}""", "/project", "missing")]
    [InlineData("""{"project":"p","kind":"page","name":"n","body":{}}""", "/kind", "unknown_kind")]
    [InlineData("""{"project":"p","kind":"view","name":"","body":{}}""", "/name", "empty_name")]
    [InlineData("""{"project":"p","kind":"view","name":"n","body":[]}""", "/body", "wrong_type")]
    public async Task Post_BadBody_Is422WithAPointer(string body, string pointer, string code) => Assert.Equal(code, (await PostAsync(body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Post_UnknownProject_Is404() =>
        Assert.Equal("project_not_found", (await PostAsync("""{"project":"nowhere","kind":"view","name":"n","body":{}}""", 404)).GetProperty("code").GetString());

    private Task ProjectAsync(string name) => _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{name}}","run":"r"}""", 201);

    private Task<JsonElement> PostAsync(string body, int expected) => _client.SendAsync(HttpMethod.Post, "/api/v1/views", body, expected);

    private Task<JsonElement> PutAsync(string? id, string body, int expected) => _client.SendAsync(HttpMethod.Put, $"/api/v1/views/{id}", body, expected);
}
