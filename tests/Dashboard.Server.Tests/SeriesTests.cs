using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

public sealed class SeriesTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private async Task<string> RunAsync(string name)
    {
        var steps = string.Join(",", Enumerable.Range(0, 5000));
        var values = string.Join(",", Enumerable.Range(0, 5000).Select(at => at == 4999 ? "\"NaN\"" : (at / 8.0).ToString(CultureInfo.InvariantCulture)));
        var answer = await _client.PostEventsAsync($$"""
            {"project":"series","run":"{{name}}","events":[
              {"type":"scalars","tag":"up","steps":[{{steps}}],"values":[{{values}}]},
              {"type":"scalar","tag":"far","step":9007199254740993,"value":1},
              {"type":"text","tag":"note","step":0,"text":"x"}]}
            """);
        return answer.GetProperty("run_id").GetString()!;
    }

    [Fact]
    public async Task Read_AllPoints_AreTheOnesLogged()
    {
        var run = await RunAsync("all");
        var series = await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=up&points=0", 200);
        Assert.Equal(Enumerable.Range(0, 5000).Select(at => (long)at), series.Array<long>("steps"));
        Assert.Equal(Enumerable.Range(0, 5000).Select(at => at == 4999 ? double.NaN : at / 8.0), series.Array<double>("values"));
        Assert.Equal(5000, series.GetProperty("total").GetInt64());
        Assert.Equal(1, series.Array<int>("non_finite")[^1]);
        Assert.False(series.TryGetProperty("damaged", out _));
    }

    [Fact]
    public async Task Read_FewPoints_KeepsExtremesAndTheWindow()
    {
        var run = await RunAsync("few");
        var series = await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=up&points=10&from_step=1000&to_step=1999", 200);
        Assert.InRange(series.Array<long>("steps").Length, 1, 10);
        Assert.Equal(1000, series.GetProperty("total").GetInt64());
        Assert.Equal((125.0, 249.875), (series.Array<double>("min").Min(), series.Array<double>("max").Max()));
        Assert.False(series.TryGetProperty("non_finite", out _));
    }

    [Fact]
    public async Task Read_AsCsv_HasALineAPoint()
    {
        var run = await RunAsync("csv");
        using var response = await GetAsync($"/api/v1/runs/{run}/scalars?tag=up&points=0", MediaTypes.Csv);
        Assert.Equal(MediaTypes.Csv, response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5001, lines.Length);
        Assert.Equal("step,wall_time,value,min,max,non_finite", lines[0]);
        Assert.EndsWith(",0.125,0.125,0.125,0", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",NaN,NaN,NaN,1", lines[5000], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AsColumns_HoldsTheSameAsJson()
    {
        var run = await RunAsync("columns");
        using var response = await GetAsync($"/api/v1/runs/{run}/scalars?tag=up&points=100", MediaTypes.Columns);
        var (header, data) = Parse(await response.Content.ReadAsByteArrayAsync());
        var json = await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=up&points=100", 200);
        var series = header.GetProperty("series")[0];
        Assert.Equal(("up", 5000), (series.GetProperty("tag").GetString(), series.GetProperty("total").GetInt64()));
        Assert.Equal(json.Array<double>("steps"), Column<double>(series, "steps", "f64", data));
        foreach (var name in (string[])["wall_times", "values", "min", "max"])
            Assert.Equal(json.Array<double>(name), Column<double>(series, name, "f64", data));
        Assert.Equal(json.Array<int>("non_finite"), Column<int>(series, "non_finite", "i32", data));
        Assert.Equal(response.Headers.GetValues("Lossboard-Seq").Single(), header.GetProperty("seq").GetRawText());
    }

    [Fact]
    public async Task Query_AsColumns_HoldsEverySeriesThatExists()
    {
        var run = await RunAsync("query");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scalars/query")
        {
            Content = Requests.Json($$"""{"run_ids":["{{run}}","nope"],"tags":["up","far","none"],"points":7}"""),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.Columns));
        using var response = await _client.SendAsync(request);
        var (header, data) = Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(["up", "far"], header.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("tag").GetString()));
        // 2^53 + 1 is the first integer that a double cannot hold.
        Assert.Equal([9007199254740993], Column<long>(header.GetProperty("series")[1], "steps", "i64", data));
    }

    [Fact]
    public async Task Query_WithoutTags_GivesEveryScalarSeriesOfTheRun()
    {
        var run = await RunAsync("untagged");
        var answer = await _client.SendAsync(HttpMethod.Post, "/api/v1/scalars/query", $$"""{"run_ids":["{{run}}"],"points":3}""", 200);
        Assert.Equal(["far", "up"], answer.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("tag").GetString()).Order());
        Assert.True(answer.GetProperty("seq").GetInt64() > 0);
    }

    [Theory]
    [InlineData("{}", 422, "/run_ids")]
    [InlineData("""{"run_ids":[]}""", 422, "/run_ids")]
    [InlineData("""{"run_ids":["a"],"points":-1}""", 400, "/points")]
    [InlineData("""{"run_ids":["a"],"from_step":1.5}""", 422, "/from_step")]
    [InlineData("""{"run_ids":["a"],"from_step":2,"to_step":1}""", 400, "/from_step")]
    public async Task Query_BadBody_PointsAtIt(string body, int status, string pointer)
    {
        var problem = await _client.SendAsync(HttpMethod.Post, "/api/v1/scalars/query", body, status);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Read_WhatIsNotThere_Is404()
    {
        var run = await RunAsync("missing");
        Assert.Equal("series_not_found", (await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=none", 404)).GetProperty("code").GetString());
        Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/none/scalars?tag=up", 404)).GetProperty("code").GetString());
        Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/none/series", 404)).GetProperty("code").GetString());
        Assert.Equal("missing_parameter", (await _client.GetAsync($"/api/v1/runs/{run}/scalars", 400)).ErrorCode("/query/tag"));
        Assert.Equal("invalid_parameter", (await _client.GetAsync($"/api/v1/runs/{run}/scalars?tag=up&from_step=x", 400)).ErrorCode("/query/from_step"));
    }

    [Fact]
    public async Task Read_MoreStoredPointsThanAnAnswerMayHold_Is422()
    {
        await using var small = new Lossboard(new() { ["Limits:MaxReadPoints"] = "1000" });
        using var client = small.CreateClient();
        var steps = string.Join(",", Enumerable.Range(0, 1001));
        var run = (await client.PostEventsAsync($$"""{"project":"p","run":"r","events":[{"type":"scalars","tag":"a","steps":[{{steps}}],"values":[{{steps}}]}]}""")).GetProperty("run_id").GetString();
        Assert.Equal("too_many_points", (await client.GetAsync($"/api/v1/runs/{run}/scalars?tag=a&points=0", 422)).GetProperty("code").GetString());
        await client.GetAsync($"/api/v1/runs/{run}/scalars?tag=a&points=0&to_step=999", 200);
    }

    [Fact]
    public async Task List_Series_HaveTheirTypesAndNumbers()
    {
        var run = await RunAsync("list");
        var items = (await _client.GetAsync($"/api/v1/runs/{run}/series", 200)).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("tag").GetString()!);
        Assert.Equal(("scalar", 5000, 0, 4999), (
            items["up"].GetProperty("type").GetString(), items["up"].GetProperty("count").GetInt64(), items["up"].GetProperty("first_step").GetInt64(), items["up"].GetProperty("last_step").GetInt64()));
        Assert.Equal((0.0, 624.75, "NaN"), (items["up"].GetProperty("min").GetDouble(), items["up"].GetProperty("max").GetDouble(), items["up"].GetProperty("last").GetString()));
        Assert.Equal(("text", JsonValueKind.Null), (items["note"].GetProperty("type").GetString(), items["note"].GetProperty("min").ValueKind));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return await _client.SendAsync(request);
    }

    private static (JsonElement Header, byte[] Data) Parse(byte[] body)
    {
        Assert.Equal("LBC1"u8.ToArray(), body[..4]);
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(4));
        Assert.Equal(0, length % 8);
        return (JsonDocument.Parse(body.AsMemory(8, length)).RootElement, body[(8 + length)..]);
    }

    private static T[] Column<T>(JsonElement series, string name, string type, byte[] data)
        where T : unmanaged
    {
        var column = series.GetProperty("columns").GetProperty(name);
        Assert.Equal(type, column.GetProperty("type").GetString());
        var offset = column.GetProperty("offset").GetInt32();
        Assert.Equal(0, offset % 8);
        return MemoryMarshal.Cast<byte, T>(data.AsSpan(offset))[..series.GetProperty("count").GetInt32()].ToArray();
    }
}
