using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

public sealed class IngestTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private static string Body(string run, int step = 1) =>
        $$"""{"project":"ingest","run":"{{run}}","events":[{"type":"scalar","tag":"a","step":{{step}},"value":0.5}]}""";

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("GZIP")]
    public async Task Post_CompressedBody_IsStored(string encoding)
    {
        var packed = Compress(Encoding.UTF8.GetBytes(Body("compressed " + encoding)), encoding);
        using var body = Requests.Bytes(packed, MediaTypes.Json, encoding);
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal(1, (await response.ReadAsync(200)).GetProperty("accepted").GetInt64());
    }

    [Theory]
    [InlineData("gzip", 512 << 10)]
    [InlineData("br", 10 << 10)]
    public async Task Post_FewBytesThatInflateFarBeyondTheCap_StopsAtTheCap(string encoding, int atMost)
    {
        // 256 MiB of zeros, eight times the cap: the server must not get to see the most of them.
        var bomb = Compress(new byte[256 << 20], encoding);
        Assert.True(bomb.Length < atMost, $"{bomb.Length} bytes");
        using var body = Requests.Bytes(bomb, MediaTypes.Json, encoding);
        using var response = await _client.PostAsync("/api/v1/events", body);
        var problem = await response.ReadAsync(413);
        Assert.Equal("decoded_body_too_large", problem.GetProperty("code").GetString());
        Assert.Equal(0, await HeldAsync());
    }

    [Fact]
    public async Task Post_WhatIsNoGzip_IsMalformed()
    {
        using var body = Requests.Bytes([1, 2, 3, 4, 5, 6, 7, 8], MediaTypes.Json, "gzip");
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal("malformed_encoding", (await response.ReadAsync(400)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Post_CompressionCutShort_IsMalformed(string encoding)
    {
        var whole = Compress(Encoding.UTF8.GetBytes(Body("cut short")), encoding);
        using var body = Requests.Bytes(whole[..(whole.Length / 2)], MediaTypes.Json, encoding);
        using var response = await _client.PostAsync("/api/v1/events", body);
        await response.ReadAsync(400);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task Post_OtherEncoding_Is415(string encoding)
    {
        using var body = Requests.Bytes([1], MediaTypes.Json);
        body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal("unsupported_encoding", (await response.ReadAsync(415)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task Post_WhatAFormCanSend_Is415(string? type)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Body("forms")));
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal("unsupported_media_type", (await response.ReadAsync(415)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_BeyondTheBodyLimit_Is413AndTheConnectionLives()
    {
        using var body = Requests.Bytes(new byte[(32 << 20) + 1], MediaTypes.Json);
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal("body_too_large", (await response.ReadAsync(413)).GetProperty("code").GetString());
        await _client.PostEventsAsync(Body("after"));
    }

    [Fact]
    public async Task Post_ABodyWithoutLengthBeyondTheLimit_Is413()
    {
        using var body = new EndlessContent(40L << 20);
        using var response = await _client.PostAsync("/api/v1/events", body);
        Assert.Equal("body_too_large", (await response.ReadAsync(413)).GetProperty("code").GetString());
        Assert.Equal(0, await HeldAsync());
    }

    [Fact]
    public async Task Post_SameKeyAndBody_IsAnsweredAsBeforeAndStoredOnce()
    {
        var first = await PostWithKeyAsync("k1", Body("keys"), 200);
        var second = await PostWithKeyAsync("k1", Body("keys"), 200);
        Assert.False(first.GetProperty("replayed").GetBoolean());
        Assert.True(second.GetProperty("replayed").GetBoolean());
        Assert.Equal(first.GetProperty("seq").GetInt64(), second.GetProperty("seq").GetInt64());
        var series = await _client.GetAsync($"/api/v1/runs/{first.GetProperty("run_id").GetString()}/series", 200);
        Assert.Equal(1, series.GetProperty("items")[0].GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_Is422()
    {
        await PostWithKeyAsync("k2", Body("keys2"), 200);
        var problem = await PostWithKeyAsync("k2", Body("keys2", 2), 422);
        Assert.Equal("idempotency_key_reused", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_KeyOf201Characters_Is400()
    {
        await PostWithKeyAsync(new string('k', 200), Body("long key"), 200);
        Assert.Equal("invalid_parameter", (await PostWithKeyAsync(new string('k', 201), Body("long key"), 400)).ErrorCode("/headers/Idempotency-Key"));
    }

    [Fact]
    public async Task Post_OneBadEventAmongMany_StoresNothing()
    {
        var problem = await _client.PostEventsAsync(
            """{"project":"ingest","run":"atomic","events":[{"type":"scalar","tag":"a","step":1,"value":1},{"type":"scalar","tag":"a","step":2.5,"value":1}]}""", 422);
        Assert.Equal("not_an_integer", problem.ErrorCode("/events/1/step"));
        Assert.Empty((await _client.GetAsync("/api/v1/runs?project=ingest&query=atomic", 200)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Post_MarkupInNames_ComesBackAsText()
    {
        const string Name = "<img src=x onerror=alert(1)>/\"'&";
        var body = JsonSerializer.Serialize(new { project = "ingest", run = Name, events = new[] { new { type = "scalar", tag = Name, step = 1, value = 1 } } });
        var run = (await _client.PostEventsAsync(body)).GetProperty("run_id").GetString();
        Assert.Equal(Name, (await _client.GetAsync($"/api/v1/runs/{run}", 200)).GetProperty("name").GetString());
        Assert.Equal(Name, (await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag={Uri.EscapeDataString(Name)}", 200)).GetProperty("tag").GetString());
    }

    private async Task<JsonElement> PostWithKeyAsync(string key, string body, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = Requests.Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await _client.SendAsync(request);
        return await response.ReadAsync(expected);
    }

    private async Task<double> HeldAsync()
    {
        var metrics = await _client.GetStringAsync("/metrics");
        var line = metrics.Split('\n').Single(line => line.StartsWith("lossboard_request_body_bytes ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Compress(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "br" ? new BrotliStream(packed, CompressionLevel.Optimal) : new GZipStream(packed, CompressionLevel.Optimal))
            packer.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Sends zeros without saying how many.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly long _bytes;

        public EndlessContent(long bytes)
        {
            _bytes = bytes;
            Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Json);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var zeros = new byte[1 << 20];
            for (long sent = 0; sent < _bytes; sent += zeros.Length)
                await stream.WriteAsync(zeros);
        }
    }
}
