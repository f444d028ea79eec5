using System.Net;
using System.Net.Sockets;
using System.Text;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class ProblemTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const string Events = """{"project":"p","run":"r","events":[{"type":"scalar","tag":"a","step":1,"value":1}]}""";

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("GET", "/api/v1/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/api/v1/limits", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v1/events", 405, "method_not_allowed")]
    [InlineData("PUT", "/api/v1/runs", 415, "unsupported_media_type")]
    public async Task Any_FrameworkError_IsAProblem(string method, string path, int status, string code)
    {
        var problem = await _client.SendAsync(new HttpMethod(method), path, null, status);
        Assert.Equal($"urn:lossboard:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal((path, code, false), (problem.GetProperty("instance").GetString(), problem.GetProperty("code").GetString(), problem.GetProperty("retryable").GetBoolean()));
        foreach (var field in (string[])["title", "detail", "request_id"])
            Assert.NotEqual("", problem.GetProperty(field).GetString());
    }

    [Fact]
    public async Task Any_UnexpectedFailure_Is500AndTellsNothingInside()
    {
        await using var broken = new Lossboard([], services => services.AddSingleton<IIngestStore>(new Failing(new InvalidOperationException("SELECT * FROM /secret/path"))));
        using var client = broken.CreateClient();
        var problem = await client.PostEventsAsync(Events, 500);
        Assert.Equal("internal_error", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
    }

    public static TheoryData<StoreException, int, string, bool, string?> Refusals => new()
    {
        { new StoreBusyException(TimeSpan.FromSeconds(1.2)), 429, "busy", true, "2" },
        { new StoreFullException(), 507, "storage_full", true, "30" },
        { new StoreStoppedException(), 503, "storage_stopped", true, "5" },
        { new IdempotencyKeyReusedException(), 422, "idempotency_key_reused", false, null },
        { new RunNameTakenException("x"), 409, "run_name_taken", false, null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_RefusedByTheStore_SaysWhetherToTryAgain(StoreException refusal, int status, string code, bool retryable, string? after)
    {
        await using var refusing = new Lossboard([], services => services.AddSingleton<IIngestStore>(new Failing(refusal)));
        using var client = refusing.CreateClient();
        using var body = Requests.Json(Events);
        using var response = await client.PostAsync("/api/v1/events", body);
        var problem = await response.ReadAsync(status);
        Assert.Equal((code, retryable), (problem.GetProperty("code").GetString(), problem.GetProperty("retryable").GetBoolean()));
        Assert.Equal(after, response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Post_WhileBodiesFillTheirShareOfMemory_Is429()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxDecodedBodyBytes"] = "65536", ["Limits:MaxBodyBytes"] = "65536", ["Limits:MaxConcurrentBodyBytes"] = "65536" });
        using var client = small.CreateClient();
        using var socket = new TcpClient();
        await socket.ConnectAsync(small.Address.Host, small.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 65000\r\n\r\n{{"));
        HttpStatusCode status;
        do
        {
            // Until the other request's body has taken its place.
            using var body = Requests.Json(Events);
            using var response = await client.PostAsync("/api/v1/events", body);
            status = response.StatusCode;
            if (status != HttpStatusCode.OK)
                Assert.Equal("busy", (await response.ReadAsync(429)).GetProperty("code").GetString());
        }
        while (status == HttpStatusCode.OK);
        socket.Close();
        do
        {
            using var body = Requests.Json(Events);
            using var response = await client.PostAsync("/api/v1/events", body);
            status = response.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.1:6006")]
    public async Task Any_ForeignHost_IsRefused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/limits");
        request.Headers.Host = host;
        using var response = await _client.SendAsync(request);
        Assert.Equal("foreign_host", (await response.ReadAsync(400)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1:9999")]
    [InlineData("[::1]:80")]
    public async Task Any_OwnHost_IsAnswered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/limits");
        request.Headers.Host = host;
        using var response = await _client.SendAsync(request);
        await response.ReadAsync(200);
    }

    [Theory]
    [InlineData("POST", "/api/v1/events")]
    [InlineData("PUT", "/api/v1/runs")]
    [InlineData("DELETE", "/api/v1/runs/x")]
    [InlineData("POST", "/hubs/live/negotiate")]
    [InlineData("GET", "/hubs/live")]
    public async Task Any_ForeignOrigin_ChangesNothing(string method, string path)
    {
        foreach (var origin in (string[])["https://evil.example", "null", "http://localhost:1"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", origin);
            using var response = await _client.SendAsync(request);
            Assert.Equal("foreign_origin", (await response.ReadAsync(403)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Any_OwnOrigin_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = Requests.Json(Events) };
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using var response = await _client.SendAsync(request);
        await response.ReadAsync(200);
    }

    [Fact]
    public async Task Any_Answer_CarriesTheSecurityHeaders()
    {
        foreach (var path in (string[])["/api/v1/limits", "/nowhere"])
        {
            using var response = await _client.GetAsync(path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    private sealed class Failing(Exception failure) : IIngestStore
    {
        public Task<IngestReceipt> AppendAsync(IngestBatch batch, CancellationToken cancellation) => Task.FromException<IngestReceipt>(failure);

        public bool IsBusy => false;

        public IDisposable Enter() => new MemoryStream();
    }
}
