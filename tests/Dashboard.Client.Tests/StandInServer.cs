using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace Dashboard.Client.Tests;

/// <summary>A server in memory, as strict about keys as the real one: a key stores once, and the same key with another body is a test failure.</summary>
internal sealed class StandInServer : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _bodies = [];

    /// <summary>Points in the order stored.</summary>
    public List<(string Run, string Tag, long Step, double Value, double WallTime)> Points { get; } = [];
    /// <summary>Events other than scalars, in the order stored.</summary>
    public List<JsonElement> Records { get; } = [];
    /// <summary>Bodies of run requests, in order.</summary>
    public List<JsonElement> Runs { get; } = [];
    /// <summary>Bodies of job requests, in order.</summary>
    public List<JsonElement> Jobs { get; } = [];
    public Dictionary<string, byte[]> Artifacts { get; } = [];
    public int Requests { get; private set; }
    public bool SawGzip { get; private set; }

    /// <summary>Asked before a request is stored: an answer that replaces the stand-in's, or null. May throw as a broken network does.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Asked after a request was stored: true loses the answer.</summary>
    public Func<HttpRequestMessage, bool> LoseAnswer { get; set; } = _ => false;

    public static HttpRequestException NoConnection() => new("connection refused");

    public static HttpResponseMessage Problem(int status, bool retryable, string code = "refused") => new((HttpStatusCode)status)
    {
        Content = new StringContent(JsonSerializer.Serialize(new { status, code, retryable }), null, "application/problem+json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (_gate)
        {
            Requests++;
            if (Before(request) is { } instead)
                return instead;
            if (request.Content.Headers.ContentEncoding.Contains("gzip"))
            {
                SawGzip = true;
                using var unpacked = new MemoryStream();
                using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
                    gzip.CopyTo(unpacked);
                body = unpacked.ToArray();
            }

            var answer = Store(request, body);
            return LoseAnswer(request) ? throw new HttpRequestException("connection reset") : answer;
        }
    }

    private HttpResponseMessage Store(HttpRequestMessage request, byte[] body)
    {
        var path = request.RequestUri!.AbsolutePath;
        var replayed = false;
        if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
        {
            var key = keys.Single();
            replayed = !_bodies.TryAdd(key, body);
            if (replayed && !_bodies[key].AsSpan().SequenceEqual(body))
                return Problem(422, false, "idempotency_key_reused");
        }

        if (!replayed)
        {
            if (path == "/api/v1/events" && request.Content!.Headers.ContentType!.MediaType == "application/vnd.lossboard.scalars")
                Points.AddRange(PackedScalars.Read(body));
            else if (path == "/api/v1/events")
                Records.AddRange(JsonDocument.Parse(body).RootElement.GetProperty("events").EnumerateArray());
            else if (path == "/api/v1/runs" && keys is not null)
                Runs.Add(JsonDocument.Parse(body).RootElement);
            else if (path == "/api/v1/jobs")
                Jobs.Add(JsonDocument.Parse(body).RootElement);
            else if (path.Contains("/artifacts/", StringComparison.Ordinal))
                Artifacts[Uri.UnescapeDataString(path[(path.IndexOf("/artifacts/", StringComparison.Ordinal) + 11)..])] = body;
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":"r1","run_id":"r1"}""", null, "application/json") };
    }
}
