using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class ArtifactTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private async Task<string> RunAsync(string name) =>
        (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"artifacts","run":"{{name}}"}""", 201)).GetProperty("id").GetString()!;

    private async Task<JsonElement> PutAsync(string run, string name, byte[] bytes, int expected = 201, string? type = null, string? step = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = new ByteArrayContent(bytes) };
        if (type is not null)
            request.Headers.Add("Artifact-Type", type);
        if (step is not null)
            request.Headers.Add("Artifact-Step", step);
        foreach (var (header, value) in headers)
            request.Headers.Add(header, value);
        using var response = await _client.SendAsync(request);
        return await response.ReadAsync(expected);
    }

    [Fact]
    public async Task Put_ThenGet_GivesTheBytesBack()
    {
        var run = await RunAsync("bytes");
        var bytes = new byte[3 << 20];
        new Random(3).NextBytes(bytes);
        var info = await PutAsync(run, "check/points/10.safetensors", bytes, type: "checkpoint", step: "10");
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal(("check/points/10.safetensors", "checkpoint", 10, bytes.Length, hash), (
            info.GetProperty("name").GetString(), info.GetProperty("type").GetString(), info.GetProperty("step").GetInt64(), info.GetProperty("size").GetInt64(), info.GetProperty("sha256").GetString()));

        using var response = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/check/points/10.safetensors");
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{hash}\"", response.Headers.ETag!.Tag);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ARangeOrAKnownTag_SendsNoMoreThanNeeded()
    {
        var run = await RunAsync("ranges");
        await PutAsync(run, "f", [1, 2, 3, 4, 5]);
        using var range = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/artifacts/f");
        range.Headers.Range = new RangeHeaderValue(1, 3);
        using var part = await _client.SendAsync(range);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal([2, 3, 4], await part.Content.ReadAsByteArrayAsync());

        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/artifacts/f");
        known.Headers.IfNoneMatch.Add(part.Headers.ETag!);
        using var unchanged = await _client.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var beyond = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/artifacts/f");
        beyond.Headers.Range = new RangeHeaderValue(100, 200);
        using var refused = await _client.SendAsync(beyond);
        await refused.ReadAsync(416);
    }

    [Fact]
    public async Task Get_AnImage_IsInlineOnlyByItsBytes()
    {
        var run = await RunAsync("images");
        await PutAsync(run, "real.png", Png, type: "image");
        await PutAsync(run, "fake.png", "<script>alert(1)</script>"u8.ToArray(), type: "image");
        using var real = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/real.png");
        Assert.Equal(("image/png", null), (real.Content.Headers.ContentType!.MediaType, real.Content.Headers.ContentDisposition));
        using var fake = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/fake.png");
        Assert.Equal(("application/octet-stream", "attachment"), (fake.Content.Headers.ContentType!.MediaType, fake.Content.Headers.ContentDisposition!.DispositionType));
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%E4%B8%AD%20%3Cb%3E", "中 <b>")]
    public async Task Put_AnEncodedName_IsDecodedOnce(string encoded, string name)
    {
        var run = await RunAsync("names " + encoded);
        Assert.Equal(name, (await PutAsync(run, encoded, [1])).GetProperty("name").GetString());
        Assert.Equal([1], await _client.GetByteArrayAsync($"/api/v1/runs/{run}/artifacts/{encoded}"));
    }

    [Theory]
    [InlineData("a%2F..%2Fb", "invalid_name")]
    [InlineData("%2E%2E%2Fb", "invalid_name")]
    [InlineData("a%5Cb", "invalid_name")]
    [InlineData("a%2F%2Fb", "invalid_name")]
    [InlineData("a%2F", "invalid_name")]
    [InlineData("a%00", "control_character")]
    [InlineData("a%0Ab", "control_character")]
    public async Task Put_ABadName_Is400(string name, string code)
    {
        var run = await RunAsync("bad names " + name.GetHashCode(StringComparison.Ordinal));
        // A NUL ends at the server's door, before any of our code: the status is what counts.
        using var content = new ByteArrayContent([1]);
        using var response = await _client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        if (name != "a%00")
            Assert.Equal(code, (await response.ReadAsync(400)).ErrorCode("/path/name"));
    }

    [Fact]
    public async Task Put_BadHeaders_Are400()
    {
        var run = await RunAsync("headers");
        Assert.Equal("invalid_parameter", (await PutAsync(run, "f", [1], 400, type: "pickle")).ErrorCode("/headers/Artifact-Type"));
        Assert.Equal("invalid_parameter", (await PutAsync(run, "f", [1], 400, step: "1.5")).ErrorCode("/headers/Artifact-Step"));
    }

    private static readonly (string, string)[] Best =
        [("Artifact-Reason", "best"), ("Artifact-Metric", "val/loss%20%C3%A9"), ("Artifact-Metric-Value", "0.31"), ("Artifact-Metric-Goal", "min")];

    [Fact]
    public async Task Put_WithReasonAndMetric_IsListedWithThem()
    {
        var run = await RunAsync("origins");
        await PutAsync(run, "c", [1], headers: Best);
        await PutAsync(run, "d", [2], headers: [("Artifact-Metric", "loss"), ("Artifact-Metric-Value", "NaN")]);
        var items = (await _client.GetAsync($"/api/v1/runs/{run}/artifacts", 200)).GetProperty("items");
        Assert.Equal(("best", "val/loss é", 0.31, "min"), (items[1].Text("reason"), items[1].Text("metric"), items[1].GetProperty("metric_value").GetDouble(), items[1].Text("metric_goal")));
        Assert.Equal((null, "loss", "NaN", null), (items[0].Text("reason"), items[0].Text("metric"), items[0].Text("metric_value"), items[0].Text("metric_goal")));
    }

    [Theory]
    [InlineData("Artifact-Reason", "because", "/headers/Artifact-Reason", "invalid_parameter")]
    [InlineData("Artifact-Metric-Goal", "low", "/headers/Artifact-Metric-Goal", "invalid_parameter")]
    [InlineData("Artifact-Metric-Value", "small", "/headers/Artifact-Metric-Value", "invalid_parameter")]
    [InlineData("Artifact-Metric-Value", "0.5", "/headers/Artifact-Metric", "missing")]
    [InlineData("Artifact-Metric", "loss", "/headers/Artifact-Metric-Value", "missing")]
    [InlineData("Artifact-Metric", "", "/headers/Artifact-Metric", "empty_name")]
    public async Task Put_ABadOrigin_Is400WithTheHeader(string header, string value, string pointer, string code)
    {
        var run = await RunAsync($"bad origins {header} {value}");
        Assert.Equal(code, (await PutAsync(run, "f", [1], 400, headers: [(header, value)])).ErrorCode(pointer));
    }

    [Fact]
    public async Task Put_BeyondTheLimit_Is413AndLeavesNothing()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxArtifactBytes"] = "1000" });
        using var client = small.CreateClient();
        var run = (await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"p","run":"r"}""", 201)).GetProperty("id").GetString();
        using var known = new ByteArrayContent(new byte[1001]);
        using var refused = await client.PutAsync($"/api/v1/runs/{run}/artifacts/f", known);
        await refused.ReadAsync(413);
        using var chunked = new StreamContent(new MemoryStream(new byte[5000]));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/f") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        using var stopped = await client.SendAsync(request);
        await stopped.ReadAsync(413);
        Assert.Equal(0, (await client.GetAsync($"/api/v1/runs/{run}/artifacts", 200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task List_And_Delete_FollowTheNewestVersion()
    {
        var run = await RunAsync("versions");
        await PutAsync(run, "a", [1], type: "model");
        await PutAsync(run, "b", [2], type: "batch");
        await PutAsync(run, "a", [3, 3], type: "model");
        var items = (await _client.GetAsync($"/api/v1/runs/{run}/artifacts", 200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([("a", 2), ("b", 1)], items.Select(item => (item.GetProperty("name").GetString()!, item.GetProperty("size").GetInt32())));
        Assert.Equal(1, (await _client.GetAsync($"/api/v1/runs/{run}/artifacts?type=batch", 200)).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await _client.GetAsync($"/api/v1/runs/{run}/artifacts?as_of=1000", 200)).GetProperty("items").GetArrayLength());
        await _client.GetAsync($"/api/v1/runs/{run}/artifacts?type=pickle", 400);
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/artifacts/a", null, 204);
        Assert.Equal("artifact_not_found", (await _client.GetAsync($"/api/v1/runs/{run}/artifacts/a", 404)).GetProperty("code").GetString());
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{run}/artifacts/a", null, 404);
    }

    [Fact]
    public async Task Versions_OfAName_AreListedAndReadByStepAndId()
    {
        var run = await RunAsync("steps");
        await PutAsync(run, "m/table.csv", [1], step: "1");
        var again = await PutAsync(run, "m/table.csv", [1, 1], step: "1");
        await PutAsync(run, "m/table.csv", [2, 2, 2], step: "2");
        var items = (await _client.GetAsync($"/api/v1/runs/{run}/artifacts?versions=true", 200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([(2, 3), (1, 2), (1, 1)], items.Select(item => (item.GetProperty("step").GetInt32(), item.GetProperty("size").GetInt32())));
        Assert.Equal([2, 2, 2], await _client.GetByteArrayAsync($"/api/v1/runs/{run}/artifacts/m/table.csv"));
        Assert.Equal([1, 1], await _client.GetByteArrayAsync($"/api/v1/runs/{run}/artifacts/m/table.csv?step=1"));
        Assert.Equal([1], await _client.GetByteArrayAsync($"/api/v1/runs/{run}/artifacts/m/table.csv?id={items[2].GetProperty("id")}"));
        using var version = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/m/table.csv?id={again.GetProperty("id")}");
        Assert.Contains("immutable", version.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await _client.GetAsync($"/api/v1/runs/{run}/artifacts/m/table.csv?step=3", 404);
        await _client.GetAsync($"/api/v1/runs/{run}/artifacts/m/other.csv?id={again.GetProperty("id")}", 404);
        await _client.GetAsync($"/api/v1/runs/{run}/artifacts/m/table.csv?step=x", 400);
    }

    [Fact]
    public async Task Query_OfManyRuns_ListsThoseThatExist()
    {
        var (one, two) = (await RunAsync("many-1"), await RunAsync("many-2"));
        await PutAsync(one, "f", [1]);
        await PutAsync(one, "f", [2, 2]);
        await PutAsync(two, "c", [3], type: "checkpoint");
        async Task<List<string>> ListAsync(object query) => (await _client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/query", query, 200)).GetProperty("runs").EnumerateArray()
            .Select(run => $"{run.GetProperty("run_id").GetString()}: {string.Join(',', run.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("size").GetInt32()))}").ToList();
        Assert.Equal([$"{one}: 2", $"{two}: 1"], await ListAsync(new { run_ids = new[] { one, "nobody", two, one } }));
        Assert.Equal([$"{one}: 2,1", $"{two}: 1"], await ListAsync(new { run_ids = new[] { one, two }, versions = true }));
        Assert.Equal([$"{one}: ", $"{two}: 1"], await ListAsync(new { run_ids = new[] { one, two }, type = "checkpoint" }));
        await _client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/query", new { run_ids = Array.Empty<string>() }, 422);
        await _client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/query", new { run_ids = new[] { one }, type = "pickle" }, 400);
        var many = await _client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/query", new { run_ids = Enumerable.Range(0, 1001).Select(i => $"r{i}") }, 422);
        Assert.Equal("too_many_runs", many.ErrorCode("/run_ids"));
    }

    public static TheoryData<byte[], string?> Signatures() => new()
    {
        { "RIFF\x10\0\0\0WAVEfmt "u8.ToArray(), "audio/wav" },
        { "RIFF\x10\0\0\0WEBPVP8 "u8.ToArray(), "image/webp" },
        { "RIFF\x10\0\0\0AVI LIST"u8.ToArray(), null },
        { "ID3\x04\0\0\0\0\0\0"u8.ToArray(), "audio/mpeg" },
        { [0xFF, 0xFB, 0x90, 0x00], "audio/mpeg" },
        { [0xFF, 0xF1, 0x50, 0x80], "audio/aac" },
        // Texts in UTF-16 begin so.
        { [0xFF, 0xFE, 0x3C, 0x00], null },
        { "fLaC\0\0\0\x22"u8.ToArray(), "audio/flac" },
        { [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8], "audio/ogg" },
        { [.. "OggS"u8, .. new byte[24], 0x80, .. "theora\0"u8], "video/ogg" },
        { [.. "OggS"u8, .. new byte[24], .. "anything"u8], null },
        { [0, 0, 0, 32, .. "ftypisom"u8, 0, 0, 2, 0], "video/mp4" },
        { [0, 0, 0, 32, .. "ftypM4A "u8, 0, 0, 2, 0], "audio/mp4" },
        { [0, 0, 0, 32, .. "ftypheic"u8, 0, 0, 2, 0], null },
        { [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84, .. "webm"u8], "video/webm" },
        { [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x88, .. "matroska"u8], null },
        { "GIF89a\x01\0"u8.ToArray(), "image/gif" },
        { "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), null },
        { "<!doctype html><script>"u8.ToArray(), null },
        { [], null },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task Get_AnyFile_HasTheTypeOfItsBytes(byte[] bytes, string? expected)
    {
        Assert.Equal(expected, MediaSignature.Of(bytes));
        var run = (await _client.SendAsync(HttpMethod.Post, "/api/v1/events", """{"project":"artifacts","run":"signatures","events":[]}""", 200)).GetProperty("run_id").GetString()!;
        await PutAsync(run, "file.html", bytes);
        using var response = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/file.html");
        Assert.Equal(expected ?? "application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(expected is null ? "attachment" : null, response.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task Put_ToNoRun_Is404() => Assert.Equal("run_not_found", (await PutAsync("none", "f", [1], 404)).GetProperty("code").GetString());
}
