using System.Text.Json;

namespace Dashboard.Server.Tests;

public sealed class SeriesTagsTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Tags_OfRuns_AreTheUnionByType()
    {
        var a = await PushAsync("a", """{"type":"scalar","tag":"loss","step":1,"value":1},{"type":"scalar","tag":"acc","step":1,"value":1}""");
        var b = await PushAsync("b", """{"type":"scalar","tag":"loss","step":1,"value":1},{"type":"text","tag":"note","step":1,"text":"x"}""");
        var answer = await AskAsync(new { run_ids = new[] { a, b, a, "0000000000000000" } }, 200);
        var types = answer.GetProperty("types");
        Assert.Equal(["acc", "loss"], types.Array<string>("scalar"));
        Assert.Equal(["note"], types.Array<string>("text"));
        Assert.Empty(types.Array<string>("histogram"));
        Assert.True(answer.GetProperty("seq").GetInt64() > 0);
        var some = await AskAsync(new { run_ids = new[] { a }, types = new[] { "scalar" } }, 200);
        Assert.Equal(["scalar"], some.GetProperty("types").EnumerateObject().Select(type => type.Name));
    }

    [Theory]
    [InlineData("{}", "/run_ids", "missing")]
    [InlineData("""{"run_ids":["a"],"types":["scalar","vector"]}""", "/types/1", "unknown_type")]
    [InlineData("""{"run_ids":"a"}""", "/run_ids", "wrong_type")]
    public async Task Tags_BadBody_Is422(string body, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Post, "/api/v1/series/tags", body, 422)).ErrorCode(pointer));

    [Fact]
    public async Task Tags_OfTooManyRuns_Are422() =>
        Assert.Equal("too_many_runs", (await AskAsync(new { run_ids = Enumerable.Range(0, 1001).Select(at => $"{at}") }, 422)).ErrorCode("/run_ids"));

    private Task<JsonElement> AskAsync(object body, int expected) => _client.SendAsync(HttpMethod.Post, "/api/v1/series/tags", body, expected);

    private async Task<string> PushAsync(string run, string events) =>
        (await _client.PostEventsAsync($$"""{"project":"tags","run":"{{run}}","events":[{{events}}]}""")).GetProperty("run_id").GetString()!;
}
