using System.Net;
using System.Text.Json;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class ShareLinkTests(SharingHost host) : IClassFixture<SharingHost>
{
    private const string Unknown = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task Open_ALink_ReadsItsRunsAndTagsAndNothingElse()
    {
        var (id, secret) = await host.MakeAsync(tags: ["loss"]);
        var (stranger, _) = await host.OpenAsync(secret);
        using var client = stranger;

        Assert.Equal(43, secret.Length);
        var current = Assert.Single((await client.GetAsync("/api/v1/share-links/current", 200)).GetProperty("items").EnumerateArray());
        Assert.Equal((id, "p", "Mine", "/scalars?project=p"), (current.Text("id"), current.Text("project"), current.Text("title"), current.Text("view")));
        // Routes that are not made for links are closed to them, whatever they would show.
        await client.GetAsync("/api/v1/share-links?project=p", 403);
        await client.GetAsync($"/api/v1/share-links/{id}", 403);
        await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"p","run":"r"}""", 403);
        await client.PostEventsAsync("""{"project":"p","run":"r","events":[]}""", 403);
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 403);
        await client.GetAsync($"/api/v1/runs/{host.Other}", 404);
        Assert.Equal(HttpStatusCode.OK, await PageAsync(client, "/scalars?project=p"));
        Assert.Equal(HttpStatusCode.Redirect, await PageAsync(host.As(null), "/scalars?project=p"));
    }

    [Fact]
    public async Task Grant_OfOpenedLinks_AddsUpByLink()
    {
        var (first, one) = await host.MakeAsync(tags: ["loss"]);
        var (second, two) = await host.MakeAsync();
        var cookies = host.Server.Services.GetRequiredService<ShareCookies>();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = host.Server.Services };
        var (client, cookie) = await host.OpenAsync(one);
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        using var answer = await client.PostAsync("/api/v1/share-links/open", Requests.Json(JsonSerializer.Serialize(new { secret = two })));
        context.Request.Headers.Cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        var caller = (await new ShareReader(cookies).ReadAsync(context))!;

        Assert.True(caller.IsShared);
        Assert.Equal([$"share:{second}", $"share:{first}"], caller.Credentials);
        Assert.True(caller.May(AccessRight.Read, "p", host.Run));
        Assert.False(caller.May(AccessRight.Read, "p"));
        Assert.False(caller.May(AccessRight.Write, "p", host.Run));
        Assert.False(caller.May(AccessRight.Read, "other", host.Other));
        Assert.Null(caller.TagsOf("p", host.Run));
        client.Dispose();
    }

    [Fact]
    public async Task Open_UnknownRevokedOrExpired_IsTheSameAnswer()
    {
        var (revoked, revokedSecret) = await host.MakeAsync(password: "correct horse");
        var (_, expiredSecret) = await host.MakeAsync(expires: host.Clock.Now + 60);
        using (var owner = host.As("olga manage p"))
            await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{revoked}", null, 204);
        host.Clock.Pass(TimeSpan.FromSeconds(61));

        var unknown = await host.RefusedAsync(Unknown, 404);

        Assert.Contains("share_link_not_found", unknown, StringComparison.Ordinal);
        Assert.Equal(unknown, await host.RefusedAsync(revokedSecret, 404));
        Assert.Equal(unknown, await host.RefusedAsync(revokedSecret, 404, "correct horse"));
        Assert.Equal(unknown, await host.RefusedAsync(expiredSecret, 404));
        Assert.Equal(unknown, await host.RefusedAsync(new string('A', 5000), 404));
        Assert.Equal(unknown, await host.RefusedAsync("", 404));
    }

    [Fact]
    public async Task Revoke_AnOpenedLink_EndsItsCookieAndItsConnections()
    {
        var (id, secret) = await host.MakeAsync();
        var (client, _) = await host.OpenAsync(secret);
        var connection = host.Server.Services.GetRequiredService<AccessChanges>().Of($"share:{id}");
        using (var owner = host.As("olga manage p"))
            await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 204);

        Assert.True(connection.IsCancellationRequested);
        await client.GetAsync("/api/v1/share-links/current", 404);
        Assert.Equal(HttpStatusCode.Redirect, await PageAsync(client, "/scalars?project=p"));
        client.Dispose();
    }

    [Fact]
    public async Task Expiry_OfAnOpenedLink_EndsItsCookieAndItsConnections()
    {
        var (id, secret) = await host.MakeAsync(expires: host.Clock.Now + 100);
        var (client, cookie) = await host.OpenAsync(secret);
        Assert.Contains("max-age=100;", cookie, StringComparison.Ordinal);
        await client.GetAsync("/api/v1/share-links/current", 200);
        var connection = host.Server.Services.GetRequiredService<AccessChanges>().Of($"share:{id}");
        host.Clock.Pass(TimeSpan.FromSeconds(101));
        host.Server.Services.GetRequiredService<ShareLinks>().CloseExpired();

        Assert.True(connection.IsCancellationRequested);
        await client.GetAsync("/api/v1/share-links/current", 404);
        client.Dispose();
    }

    [Fact]
    public async Task Cookie_OfAnOpenedLink_IsForThisSiteAloneAndRenewedWhileItIsUsed()
    {
        var (_, secret) = await host.MakeAsync();
        var (client, cookie) = await host.OpenAsync(secret);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=43200;", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, cookie, StringComparison.Ordinal);

        using var soon = await client.GetAsync("/api/v1/share-links/current");
        Assert.False(soon.Headers.Contains("Set-Cookie"));
        host.Clock.Pass(TimeSpan.FromHours(7));
        using var later = await client.GetAsync("/api/v1/share-links/current");
        Assert.Contains("max-age=43200;", later.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        host.Clock.Pass(TimeSpan.FromHours(6));
        // The first cookie is 13 hours old now; the renewed one is not sent by this client.
        await client.GetAsync("/api/v1/share-links/current", 404);
        client.Dispose();
    }

    [Fact]
    public async Task Embed_OfALink_MayBeFramedByItsOriginsAlone()
    {
        var (id, secret) = await host.MakeAsync(origins: ["https://wiki.example.org", "http://127.0.0.1:8000/"]);
        var (client, cookie) = await host.OpenAsync(secret, embed: true);
        Assert.Contains("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; Partitioned", cookie, StringComparison.Ordinal);

        foreach (var page in new[] { $"/embed/{id}", $"/scalars?project=p&embed=1&share={id}" })
            Assert.Equal("frame-ancestors https://wiki.example.org http://127.0.0.1:8000 (none)", await FramesAsync(client, page));
        using var stranger = host.As(null);
        Assert.Equal("frame-ancestors 'none' DENY", await FramesAsync(stranger, "/share"));
        Assert.Equal("frame-ancestors 'none' DENY", await FramesAsync(stranger, "/embed/00000000000000000000000000000000"));
        // Without the link's cookie, or without its id, a page stays as it was.
        Assert.Equal("frame-ancestors 'self' SAMEORIGIN", await FramesAsync(stranger, $"/scalars?project=p&embed=1&share={id}"));
        Assert.Equal("frame-ancestors 'self' SAMEORIGIN", await FramesAsync(client, "/scalars?project=p&embed=1"));
        client.Dispose();
    }

    [Theory]
    [InlineData("""{"project":"p","run_ids":[],"view":"/scalars?project=p"}""", "/run_ids", "wrong_count")]
    [InlineData("""{"project":"p","run_ids":["OTHER"],"view":"/scalars?project=p"}""", "/run_ids/0", "run_not_found")]
    [InlineData("""{"project":"p","run_ids":["RUN","0000"],"view":"/scalars?project=p"}""", "/run_ids/1", "run_not_found")]
    [InlineData("""{"project":"p","run_ids":["RUN",null],"view":"/scalars?project=p"}""", "/run_ids/1", "run_not_found")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"tags":[],"view":"/scalars?project=p"}""", "/tags", "wrong_count")]
    [InlineData("""{"project":"p","run_ids":["RUN"]}""", "/view", "wrong_length")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"//evil.example/scalars?project=p"}""", "/view", "no_such_view")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"https://evil.example/?project=p"}""", "/view", "no_such_view")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/\\evil.example?project=p"}""", "/view", "no_such_view")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/people?project=p"}""", "/view", "no_such_view")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=other"}""", "/view", "other_project")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","expires":1}""", "/expires", "in_the_past")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","password":"short"}""", "/password", "wrong_length")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","embed_origins":["*"]}""", "/embed_origins/0", "no_origin")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","embed_origins":["https://a.example/path"]}""", "/embed_origins/0", "no_origin")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","embed_origins":["https://a.example; script-src *"]}""", "/embed_origins/0", "no_origin")]
    [InlineData("""{"project":"p","run_ids":["RUN"],"view":"/scalars?project=p","embed_origins":["https://a.example\n"]}""", "/embed_origins/0", "no_origin")]
    public async Task Post_BadBody_Is422WithAPointer(string body, string pointer, string code)
    {
        using var ann = host.As("ann write p");
        var problem = await ann.SendAsync(HttpMethod.Post, "/api/v1/share-links", body.Replace("RUN", host.Run, StringComparison.Ordinal).Replace("OTHER", host.Other, StringComparison.Ordinal), 422);
        Assert.Equal(code, problem.ErrorCode(pointer));
    }

    [Fact]
    public async Task Link_ForThoseWhoMayNot_IsNotMadeShownOrRevoked()
    {
        var (id, _) = await host.MakeAsync();
        var body = $$"""{"project":"p","run_ids":["{{host.Run}}"],"view":"/scalars?project=p"}""";
        using var viewer = host.As("vic read p");
        await viewer.SendAsync(HttpMethod.Post, "/api/v1/share-links", body, 403);
        using var stranger = host.As("eve write other");
        Assert.Equal("project_not_found", (await stranger.SendAsync(HttpMethod.Post, "/api/v1/share-links", body, 404)).Text("code"));
        Assert.Equal("share_link_not_found", (await stranger.GetAsync($"/api/v1/share-links/{id}", 404)).Text("code"));
        await stranger.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 404);
        using var nobody = host.As(null);
        await nobody.SendAsync(HttpMethod.Post, "/api/v1/share-links", body, 401);

        using var member = host.As("ben write p");
        var seen = (await member.GetAsync("/api/v1/share-links?project=p", 200)).GetProperty("items").EnumerateArray().Single(link => link.Text("id") == id);
        Assert.Equal(("ann", false), (seen.Text("created_by"), seen.GetProperty("revocable").GetBoolean()));
        await member.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 403);
        using var owner = host.As("olga manage p");
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 204);
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 404);
    }

    [Fact]
    public async Task Revoke_ByWhoMadeIt_TakesNoOwner()
    {
        var maker = await host.JoinAsync("maya", "write");
        var (id, _) = await host.MakeAsync(maker);
        using var client = host.As(maker);
        Assert.True((await client.GetAsync($"/api/v1/share-links/{id}", 200)).GetProperty("revocable").GetBoolean());
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 204);
    }

    [Fact]
    public async Task Secret_OfALink_IsInNoFileNoAnswerAndNoEntry()
    {
        var (id, secret) = await host.MakeAsync(password: "correct horse battery");
        await host.RefusedAsync(secret, 401);
        await host.RefusedAsync(secret, 401, "wrong staple battery");
        (await host.OpenAsync(secret, "correct horse battery")).Client.Dispose();
        using var ann = host.As("ann write p");
        var answers = (await ann.GetAsync($"/api/v1/share-links/{id}", 200)).GetRawText() + (await ann.GetAsync("/api/v1/share-links?project=p", 200)).GetRawText();
        using var owner = host.As("olga manage p");
        await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 204);
        var entries = (await host.Server.Services.GetRequiredService<IAuditStore>().ListAsync("p", null, 100, CancellationToken.None)).Where(entry => entry.Subject == id).ToList();

        Assert.Equal(["share_link.created", "share_link.wrong_password", "share_link.opened", "share_link.revoked"], entries.OrderBy(entry => entry.Key).Select(entry => entry.Action));
        foreach (var canary in new[] { secret, "correct horse battery", "wrong staple battery" })
        {
            Assert.DoesNotContain(canary, answers, StringComparison.Ordinal);
            Assert.DoesNotContain(canary, string.Concat(entries), StringComparison.Ordinal);
            var bytes = System.Text.Encoding.UTF8.GetBytes(canary);
            // The lock is held by the server and has nothing in it.
            foreach (var file in Directory.EnumerateFiles(host.Server.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy);
                Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) < 0, $"{Path.GetFileName(file)} holds a secret.");
            }
        }
    }

    [Fact]
    public async Task Listing_AfterItWasOpened_CountsIt()
    {
        var (id, secret) = await host.MakeAsync();
        (await host.OpenAsync(secret)).Client.Dispose();
        (await host.OpenAsync(secret)).Client.Dispose();
        using var ann = host.As("ann write p");
        var link = await ann.GetAsync($"/api/v1/share-links/{id}", 200);
        Assert.Equal(2, link.GetProperty("opened").GetInt64());
        Assert.Equal(JsonValueKind.Number, link.GetProperty("last_opened").ValueKind);
    }

    private static async Task<HttpStatusCode> PageAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<string> FramesAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ").Single(directive => directive.StartsWith("frame-ancestors", StringComparison.Ordinal));
        return $"{policy} {(answer.Headers.TryGetValues("X-Frame-Options", out var older) ? older.Single() : "(none)")}";
    }
}
