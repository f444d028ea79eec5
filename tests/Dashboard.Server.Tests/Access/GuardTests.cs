using System.Net.Http.Headers;
using System.Text;

namespace Dashboard.Server.Tests;

/// <summary>What a browser can be made to send from elsewhere is refused, with accounts and without.</summary>
public sealed class GuardTests(Lossboard local, TwoProjects projects) : IClassFixture<Lossboard>, IClassFixture<TwoProjects>
{
    private const string Run = """{"project":"ours","run":"first"}""";

    private static readonly string[] Modes = ["local", "accounts"];

    public static TheoryData<string, string, string, int> Senders()
    {
        var data = new TheoryData<string, string, string, int>();
        foreach (var mode in Modes)
        {
            data.Add(mode, "Origin", "https://evil.example", 403);
            data.Add(mode, "Origin", "null", 403);
            data.Add(mode, "Origin", "OWN", 200);
            data.Add(mode, "Sec-Fetch-Site", "cross-site", 403);
            data.Add(mode, "Sec-Fetch-Site", "same-site", 403);
            data.Add(mode, "Sec-Fetch-Site", "same-origin", 200);
            data.Add(mode, "Cookie", "a=b", 403);
            data.Add(mode, "Cookie, Origin", "a=b, OWN", 200);
            data.Add(mode, "Cookie, Referer", "a=b, OWN/runs", 200);
            data.Add(mode, "Cookie, Referer", "a=b, https://evil.example/", 403);
            data.Add(mode, "Cookie, Referer", "a=b, OWN.evil.example/", 403);
            data.Add(mode, "Accept", "*/*", 200);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task UnsafeRequest_FromAPage_IsTakenFromOurOwnAlone(string mode, string headers, string values, int expected)
    {
        using var client = Client(mode);
        foreach (var (method, path) in (ReadOnlySpan<(string, string)>)[("PUT", "/api/v1/runs"), ("POST", "/hubs/live/negotiate?negotiateVersion=1")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "PUT" ? Requests.Json(Run) : null };
            foreach (var (name, value) in headers.Split(", ").Zip(values.Split(", ")))
                request.Headers.TryAddWithoutValidation(name, value.Replace("OWN", client.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
            using var response = client.Send(request);
            Assert.Equal(expected == 200, response.IsSuccessStatusCode);
            if (expected != 200)
                Assert.Equal(expected, (int)response.StatusCode);
        }
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("local")]
    [InlineData("accounts")]
    public async Task UnsafeRequest_OfATypeThatFormsSend_IsRefused(string mode)
    {
        using var client = Client(mode);
        string[] bodies = ["/api/v1/events", "/api/v1/runs/table", "/api/v1/runs/bulk", "/api/v1/jobs", "/api/v1/scalars/query", "/api/v1/workers/lease", "/api/v1/jobs/x/retry", "/api/v1/jobs/x/finish"];
        foreach (var path in bodies)
        {
            foreach (var type in (string?[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", null])
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Run));
                content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
                using var response = await client.PostAsync(path, content);
                Assert.True(415 == (int)response.StatusCode, $"{path} {type}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Host_ThatIsNotNamed_IsRefused()
    {
        await using var named = new Lossboard(new Dictionary<string, string>
        {
            ["Access:Mode"] = "Accounts", ["Access:Hosts:0"] = "board.example", ["Access:PublicUrl"] = "https://public.example",
        });
        using var client = new HttpClient { BaseAddress = named.Address };
        foreach (var (host, expected) in ((string, int)[])[("board.example", 200), ("BOARD.example:8443", 200), ("public.example", 200), ("localhost", 200), ("evil.example", 400), ("x.board.example", 400)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/limits");
            request.Headers.Host = host;
            using var response = await client.SendAsync(request);
            await response.ReadAsync(expected);
        }
    }

    [Fact]
    public async Task Forwarded_ByAKnownProxy_IsTheSchemeAndTheOrigin()
    {
        using var client = Client("accounts");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/runs") { Content = Requests.Json(Run) };
        request.Headers.Host = "board.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("Origin", "https://board.example");
        request.Headers.Add("Cookie", "a=b");
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public void Forwarded_ByOthers_IsNotBelieved()
    {
        var options = new Microsoft.AspNetCore.Builder.ForwardedHeadersOptions();
        var access = new AccessOptions();
        access.Proxies.Add("10.1.2.3");
        access.Proxies.Add("192.168.5.0/24");
        new ProxyHeaders(Microsoft.Extensions.Options.Options.Create(access)).Configure(options);
        Assert.Equal(["10.1.2.3", "::1"], options.KnownProxies.Select(one => one.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["127.0.0.0/8", "192.168.5.0/24"], options.KnownIPNetworks.Select(one => one.ToString()).Order(StringComparer.Ordinal));
        Assert.False(options.ForwardedHeaders.HasFlag(Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedHost));
    }

    [Fact]
    public async Task Page_OfWhoMayNot_IsTheOneForWhatIsNotThereOrSignsIn()
    {
        using var anonymous = projects.As("anonymous");
        using var worker = projects.As("worker");
        foreach (var client in (HttpClient[])[anonymous, worker])
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var sent = await anonymous.GetAsync("/scalars?project=ours");
        Assert.Equal((302, "/sign-in?return=%2Fscalars%3Fproject%3Dours"), ((int)sent.StatusCode, sent.Headers.Location!.OriginalString));
        using var shown = await worker.GetAsync("/scalars?project=ours");
        Assert.Equal((404, "text/html"), ((int)shown.StatusCode, shown.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Pages_Show_WhatTheirReaderSees()
    {
        using var other = projects.As("other");
        var page = await other.GetStringAsync("/");
        Assert.Contains("project=theirs", page, StringComparison.Ordinal);
        Assert.DoesNotContain("project=ours", page, StringComparison.Ordinal);
        Assert.DoesNotContain(projects.Ours.Run, await other.GetStringAsync("/runs?project=ours"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_All_HoldNoInlineScriptOrHandler()
    {
        using var server = projects.As("server");
        foreach (var row in AccessTable.Rows.Where(row => row.Method == "GET" && !row.Pattern.StartsWith("/api/", StringComparison.Ordinal) && row.Query == "?project=PROJECT"))
        {
            using var response = await server.GetAsync(row.Pattern + "?project=ours");
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.All(System.Text.RegularExpressions.Regex.Matches(page, "<script([^>]*)>"), script => Assert.Matches("src=|type=\"(application/json|importmap)\"", script.Groups[1].Value));
            Assert.DoesNotMatch("<[a-z][^>]* on[a-z]+=|javascript:", page);
        }
    }

    private HttpClient Client(string mode) => mode == "local" ? new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = local.Address } : projects.As("write");
}
