using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>What is written down of who did what.</summary>
public sealed class AuditTests(Team team) : IClassFixture<Team>
{
    [Fact]
    public async Task Actions_ThatMatter_AreListedWithWhoAndWhat()
    {
        using var owner = team.Owner();
        var run = (await owner.PostEventsAsync("""{"project":"a","run":"r","events":[{"type":"scalar","tag":"t","step":1,"value":1}]}""")).Text("run_id")!;
        using (var content = Requests.Bytes([1, 2, 3], "application/octet-stream"))
        using (var put = await owner.PutAsync($"/api/v1/runs/{run}/artifacts/file.bin", content))
            await put.ReadAsync(201);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/artifacts/file.bin", null, 204);
        await owner.SendAsync(HttpMethod.Put, "/api/v1/retention", """{"project":"a","revision":0,"rules":{}}""", 200);
        await owner.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/rules?project=a", """{"revision":0,"overlay":{}}""", 200);
        await owner.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/alerts?project=a", """{"revision":0,"webhook_url":"https://hook.example.org/secret-path","webhook_secret":"whsec_canary"}""", 200);
        var (key, _) = await team.MakeAsync("read", "a");
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{key}", null, 204);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}?permanent=true", null, 204);
        var second = (await owner.PostEventsAsync("""{"project":"a","run":"r2","events":[]}""")).Text("run_id")!;
        await owner.SendAsync(HttpMethod.Post, "/api/v1/runs/bulk", $$"""{"run_ids":["{{second}}"],"permanent":true}""", 200);

        var audit = await owner.GetAsync("/api/v1/audit?project=a", 200);
        var items = audit.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["runs.deleted", "run.deleted", "key.revoked", "key.created", "alerts.changed", "rules.changed", "retention.changed", "artifact.deleted"],
            items.Select(item => item.Text("action")));
        Assert.All(items, item => Assert.Equal(("key", "owner key", "127.0.0.1"), (item.Text("actor_kind"), item.Text("actor"), item.Text("address"))));
        Assert.Equal("hook.example.org", items[4].GetProperty("detail").Text("webhook"));
        Assert.DoesNotContain("secret", audit.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", audit.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("r", items[1].GetProperty("detail").Text("name"));
        Assert.Equal(JsonValueKind.Null, audit.GetProperty("before").ValueKind);

        var page = await owner.GetAsync("/api/v1/audit?project=a&limit=3", 200);
        var before = page.GetProperty("before").GetInt64();
        var next = await owner.GetAsync($"/api/v1/audit?project=a&limit=3&before={before}", 200);
        Assert.Equal("key.created", next.GetProperty("items")[0].Text("action"));
    }

    [Fact]
    public async Task Audit_ForAKey_IsRefused()
    {
        var (_, key) = await team.MakeAsync("write", "b");
        using var writer = team.With(key);
        await writer.GetAsync("/api/v1/audit?project=b", 403);
        await writer.GetAsync("/api/v1/audit", 403);
        using var owner = team.Owner();
        await owner.GetAsync("/api/v1/audit?limit=0", 400);
    }
}
