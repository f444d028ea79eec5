using System.Globalization;
using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class JoinTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private async Task<string> LogAsync(string name, params (string Tag, long[] Steps, double[] Values)[] series)
    {
        var events = series.Select(one =>
            $$"""{"type":"scalars","tag":"{{one.Tag}}","steps":[{{string.Join(",", one.Steps)}}],"values":[{{string.Join(",", one.Values.Select(Text))}}]}""");
        var answer = await _client.PostEventsAsync($$"""{"project":"join","run":"{{name}}","events":[{{string.Join(",", events)}}]}""");
        return answer.GetProperty("run_id").GetString()!;
    }

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "\"NaN\"";

    private Task<JsonElement> JoinAsync(string body, int status = 200) => _client.SendAsync(HttpMethod.Post, "/api/v1/scalars/join", body, status);

    [Fact]
    public async Task Join_KnownPoints_GivesPairsAndTheTextbookLine()
    {
        var run = await LogAsync("line", ("w", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 99]), ("loss", [0, 1, 2, 3, 4, 5], [7, 2.1, 3.9, 6.2, 7.8, 10.1]));

        var answer = await JoinAsync($$"""{"run_ids":["{{run}}","none"],"x":"w","y":"loss"}""");
        var series = Assert.Single(answer.GetProperty("series").EnumerateArray());

        Assert.Equal([1, 2, 3, 4, 5], series.Array<long>("steps"));
        Assert.Equal([1, 2, 3, 4, 5], series.Array<double>("x"));
        Assert.Equal([2.1, 3.9, 6.2, 7.8, 10.1], series.Array<double>("y"));
        Assert.Equal((5, 6, 6), (series.GetProperty("total").GetInt32(), series.GetProperty("x_total").GetInt32(), series.GetProperty("y_total").GetInt32()));
        var fit = series.GetProperty("fit");
        // Sums of five numbers of size ten, rounded at 1e-16.
        Assert.Equal(1.99, fit.GetProperty("slope").GetDouble(), 10);
        Assert.Equal(0.05, fit.GetProperty("intercept").GetDouble(), 10);
        Assert.Equal(Math.Sqrt(0.107 / 30), fit.GetProperty("slope_se").GetDouble(), 10);
        Assert.Equal(1 - (0.107 / 39.708), fit.GetProperty("r2").GetDouble(), 10);
        Assert.Equal(5, fit.GetProperty("n").GetInt32());
        Assert.True(answer.GetProperty("seq").GetInt64() > 0);
    }

    [Fact]
    public async Task Join_MorePairsThanPoints_ThinsThemEvenlyAndFitsThemAll()
    {
        var steps = Enumerable.Range(0, 10_000).Select(at => (long)at).ToArray();
        var run = await LogAsync("long", ("w", steps, [.. steps.Select(at => at * .5)]), ("loss", steps, [.. steps.Select(at => at == 77 ? double.NaN : 3 + (2.0 * at))]));

        var series = (await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"loss","points":100}""")).GetProperty("series")[0];

        var shown = series.Array<long>("steps");
        Assert.Equal((100, 0, 9999), (shown.Length, shown[0], shown[^1]));
        Assert.All(shown.Zip(shown.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 99, 199));
        Assert.Equal(10_000, series.GetProperty("total").GetInt32());
        Assert.Equal((9_999, 4.0), (series.GetProperty("fit").GetProperty("n").GetInt32(), Math.Round(series.GetProperty("fit").GetProperty("slope").GetDouble(), 9)));
    }

    [Fact]
    public async Task Join_OnLogAxes_FitsThePowerLaw()
    {
        long[] steps = [0, 1, 2, 3, 4];
        var run = await LogAsync("power", ("w", steps, [1, 10, 100, -1, 0]), ("loss", steps, [5, .05, .0005, 1, 1]));

        var series = (await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"loss","log_x":true,"log_y":true}""")).GetProperty("series")[0];

        Assert.Equal(-2, series.GetProperty("fit").GetProperty("slope").GetDouble(), 10);
        Assert.Equal(3, series.GetProperty("fit").GetProperty("n").GetInt32());
        Assert.Equal([1, 10, 100, -1, 0], series.Array<double>("x"));
    }

    [Fact]
    public async Task Join_Window_HoldsForPairsAndFit()
    {
        long[] steps = [0, 1, 2, 3, 4];
        var run = await LogAsync("window", ("w", steps, [0, 1, 2, 3, 50]), ("loss", steps, [9, 1, 2, 3, 0]));

        var series = (await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"loss","from_step":1,"to_step":3}""")).GetProperty("series")[0];

        Assert.Equal([1, 2, 3], series.Array<long>("steps"));
        Assert.Equal(1, series.GetProperty("fit").GetProperty("slope").GetDouble(), 12);
    }

    [Fact]
    public async Task Join_NoLineOrNoneAskedFor_SaysNull()
    {
        var run = await LogAsync("flat", ("w", [0, 1], [2, 2]), ("loss", [0, 1], [1, double.NaN]));

        var constant = (await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"loss"}""")).GetProperty("series")[0];
        var unasked = (await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"w","fit":false}""")).GetProperty("series")[0];

        Assert.Equal(JsonValueKind.Null, constant.GetProperty("fit").ValueKind);
        Assert.Equal([1, double.NaN], constant.Array<double>("y"));
        Assert.Equal(JsonValueKind.Null, unasked.GetProperty("fit").ValueKind);
        Assert.Equal([2, 2], unasked.Array<double>("y"));
    }

    [Fact]
    public async Task Join_RunWithoutOneOfTheTags_IsLeftOut()
    {
        var run = await LogAsync("lonely", ("w", [0], [1]));

        Assert.Empty((await JoinAsync($$"""{"run_ids":["{{run}}"],"x":"w","y":"loss"}""")).GetProperty("series").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"x":"a","y":"b"}""", 422, "/run_ids")]
    [InlineData("""{"run_ids":["r"],"y":"b"}""", 422, "/x")]
    [InlineData("""{"run_ids":["r"],"x":"a"}""", 422, "/y")]
    [InlineData("""{"run_ids":["r"],"x":"a","y":"b","points":0}""", 400, "/points")]
    [InlineData("""{"run_ids":["r"],"x":"a","y":"b","points":100001}""", 400, "/points")]
    [InlineData("""{"run_ids":["r"],"x":"a","y":"b","from_step":2,"to_step":1}""", 400, "/from_step")]
    public async Task Join_BadBody_PointsAtIt(string body, int status, string pointer) =>
        Assert.Equal(pointer, (await JoinAsync(body, status)).GetProperty("errors")[0].GetProperty("pointer").GetString());

    [Theory]
    [InlineData("Limits:MaxReadPoints")]
    [InlineData("Limits:MaxJoinReadPoints")]
    public async Task Join_MorePointsThanItMayRead_Is422(string limit)
    {
        await using var small = new Lossboard(new() { [limit] = "1000" });
        using var client = small.CreateClient();
        var steps = string.Join(",", Enumerable.Range(0, 501));
        var run = (await client.PostEventsAsync($$"""
            {"project":"p","run":"r","events":[{"type":"scalars","tag":"a","steps":[{{steps}}],"values":[{{steps}}]},{"type":"scalars","tag":"b","steps":[{{steps}}],"values":[{{steps}}]}]}
            """)).GetProperty("run_id").GetString();

        var problem = await client.SendAsync(HttpMethod.Post, "/api/v1/scalars/join", $$"""{"run_ids":["{{run}}"],"x":"a","y":"b"}""", 422);

        Assert.Equal("too_many_points", problem.GetProperty("code").GetString());
        await client.SendAsync(HttpMethod.Post, "/api/v1/scalars/join", $$"""{"run_ids":["{{run}}"],"x":"a","y":"b","to_step":400}""", 200);
    }
}
