using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>Keys over HTTP.</summary>
public sealed class KeyTests(Team team) : IClassFixture<Team>
{
    private const string Event = """{"project":"p","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":0.5}]}""";

    [Fact]
    public async Task Key_Made_WorksByItsRoleAndIsNeverToldAgain()
    {
        var (id, key) = await team.MakeAsync("write", "p");
        Assert.Matches($"^{ApiKeySecret.Pattern}$", key);
        using var writer = team.With(key);
        await writer.PostEventsAsync(Event);
        using var owner = team.Owner();
        foreach (var path in new[] { "/api/v1/keys", $"/api/v1/keys/{id}", "/api/v1/audit" })
            Assert.DoesNotContain(key[8..], (await owner.GetAsync(path, 200)).GetRawText(), StringComparison.Ordinal);
        var view = await owner.GetAsync($"/api/v1/keys/{id}", 200);
        Assert.Equal(("ci", "p", "write", "valid"), (view.Text("name"), view.Text("project"), view.Text("role"), view.Text("state")));
        Assert.StartsWith(view.Text("hint")!.TrimEnd('…'), key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadKey_Writing_IsToldItsRole()
    {
        var (_, key) = await team.MakeAsync("read", "p", name: "reader");
        using var reader = team.With(key);
        var refusal = await reader.PostEventsAsync(Event, 403);
        Assert.Equal("forbidden", refusal.Text("code"));
        Assert.Contains("The key 'reader' has the role 'read' in the project 'p'.", refusal.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_MalformedUnknownRevokedOrExpired_GetsTheSameAnswer()
    {
        var (id, revoked) = await team.MakeAsync("read", "p");
        using var owner = team.Owner();
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 204);
        var soon = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0 + 0.05;
        var (_, expired) = await team.MakeAsync("read", "p", expires: soon);
        using var waiting = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0 <= soon)
            await timer.WaitForNextTickAsync(waiting.Token);

        var answers = new HashSet<string>();
        foreach (var key in new[] { "x", "lb_", ApiKeySecret.Make()[..^1] + "!", ApiKeySecret.Make(), revoked, expired })
        {
            using var client = team.With(key);
            using var answer = await client.GetAsync("/api/v1/runs?project=p");
            Assert.Equal("Bearer realm=\"Lossboard\"", answer.Headers.WwwAuthenticate.Single().ToString());
            var problem = await answer.ReadAsync(401);
            Assert.Equal("invalid_key", problem.Text("code"));
            answers.Add(problem.Text("detail")!);
        }
        Assert.Single(answers);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedAtOnceAndGone()
    {
        var (id, key) = await team.MakeAsync("read", null);
        using var client = team.With(key);
        using var owner = team.Owner();
        await client.GetAsync("/api/v1/projects", 200);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 204);
        await client.GetAsync("/api/v1/projects", 401);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 404);
        Assert.DoesNotContain(id, (await owner.GetAsync("/api/v1/keys", 200)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("revoked", (await owner.GetAsync($"/api/v1/keys/{id}", 200)).Text("state"));
    }

    [Theory]
    [InlineData("bearer", 200)]
    [InlineData("BEARER", 200)]
    [InlineData("Basic", 401)]
    [InlineData("Token", 401)]
    public async Task Scheme_OfTheHeader_IsBearerInAnyCase(string scheme, int status)
    {
        var (_, key) = await team.MakeAsync("read", "p");
        using var client = team.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, key);
        var answer = await client.GetAsync("/api/v1/runs?project=p", status);
        if (status == 401)
        {
            Assert.Equal("unsupported_scheme", answer.Text("code"));
            Assert.Contains("Bearer lb_", answer.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Key_InTheQuery_IsNotTaken()
    {
        var (_, key) = await team.MakeAsync("read", "p");
        using var client = team.With(null);
        Assert.Equal("unauthenticated", (await client.GetAsync($"/api/v1/runs?project=p&access_token={key}&key={key}", 401)).Text("code"));
    }

    [Fact]
    public async Task Key_ThatIsNoOwner_MakesNoKeysAndSeesNone()
    {
        var (id, key) = await team.MakeAsync("write", "p");
        using var writer = team.With(key);
        var refusal = await writer.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name = "more", project = "p", role = "write" }, 403);
        Assert.Contains("outlive its own revocation", refusal.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, (await writer.GetAsync("/api/v1/keys?project=p", 200)).GetProperty("items").GetArrayLength());
        await writer.GetAsync($"/api/v1/keys/{id}", 404);
        await writer.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 404);
    }

    [Theory]
    [InlineData("""{"name":"","project":"p","role":"read"}""", "/name", "empty_name")]
    [InlineData("""{"name":"n","project":"","role":"read"}""", "/project", "empty_name")]
    [InlineData("""{"name":"n","project":"p","role":"owner"}""", "/role", "unknown_role")]
    [InlineData("""{"name":"n","project":"p"}""", "/role", "unknown_role")]
    [InlineData("""{"name":"n","project":"p","role":"read","expires":1}""", "/expires", "not_in_the_future")]
    [InlineData("""{"name":"n","project":"p","role":"read","expires":1e300}""", "/expires", "not_in_the_future")]
    public async Task Post_BadBody_Is422WithAPointer(string body, string pointer, string code)
    {
        using var owner = team.Owner();
        Assert.Equal(code, (await owner.SendAsync(HttpMethod.Post, "/api/v1/keys", body, 422)).ErrorCode(pointer));
    }

    [Fact]
    public async Task LastUse_OfAKey_IsShown()
    {
        var (id, key) = await team.MakeAsync("read", "p");
        using var owner = team.Owner();
        Assert.Equal(JsonValueKind.Null, (await owner.GetAsync($"/api/v1/keys/{id}", 200)).GetProperty("last_used").ValueKind);
        using var client = team.With(key);
        await client.GetAsync("/api/v1/runs?project=p", 200);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        JsonElement view;
        do
        {
            await timer.WaitForNextTickAsync(limit.Token);
            view = await owner.GetAsync($"/api/v1/keys/{id}", 200);
        }
        while (view.GetProperty("last_used").ValueKind == JsonValueKind.Null);
        Assert.Equal("127.0.0.1", view.Text("last_address"));
    }

    [Fact]
    public async Task LocalServer_AsksForNoKeyAndSaysSo()
    {
        await using var local = new Lossboard();
        using var client = local.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "whatever");
        var made = await client.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name = "later", project = "p", role = "write" }, 201);
        var keys = await client.GetAsync("/api/v1/keys", 200);
        Assert.False(keys.GetProperty("required").GetBoolean());
        Assert.Equal(made.Text("id"), Assert.Single(keys.GetProperty("items").EnumerateArray()).Text("id"));
    }
}
