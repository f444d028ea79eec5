using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class RetentionTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const double Day = 86_400;

    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Runs_ByAge_GoToTheTrashAndOutOfIt()
    {
        RunInfo[] runs =
        [
            Run("fresh", updated: 9.5), Run("quiet", updated: 2), Run("kept", updated: 1, tags: ["a", "paper"]), Run("archived", updated: 1, archived: 3),
            Run("thrown", updated: 1, trashed: 9.5), Run("thrown long ago", updated: 1, trashed: 4), Run("thrown and kept", updated: 1, trashed: 4, tags: ["paper"]),
        ];
        var rules = new RetentionRules { RunsAfterDays = 5, EmptyTrashAfterDays = 3, KeepTags = ["paper"] };

        Assert.Equal([("remove", "thrown long ago"), ("trash", "quiet")], Act(runs, rules));
        Assert.Equal([("remove", "thrown long ago"), ("archive", "quiet")], Act(runs, rules with { RunsTo = "archive" }));
        Assert.Equal([("trash", "quiet")], Act(runs, rules with { EmptyTrashAfterDays = null }));
        Assert.Empty(Act(runs, new RetentionRules { Enabled = true }));
    }

    [Fact]
    public async Task Sweep_OfAProject_DoesWhatThePlanListed()
    {
        const string Project = "aged";
        const string Rules = """{"enabled":true,"runs_after_days":30,"empty_trash_after_days":7,"keep_tags":["keep"],"artifacts":[{"type":"image","older_than_days":10}]}""";
        var (quiet, kept, thrown) = (await RunAsync(Project, "quiet"), await RunAsync(Project, "kept"), await RunAsync(Project, "thrown"));
        await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{kept}", """{"tags":["keep"]}""", 200);
        await _client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{thrown}", null, 204);
        foreach (var run in new[] { quiet, kept })
        {
            await PutAsync(run, "picture", "image", [1, 2, 3]);
            await PutAsync(run, "notes", "file", [4]);
        }
        var before = await PlanAsync(Project, Rules);
        await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", $$"""{"project":"{{Project}}","rules":{{Rules}},"revision":0}""", 200);
        // Forty days later.
        var services = server.Services;
        var clock = new ShiftedTime();
        clock.Move(TimeSpan.FromDays(40));
        var reads = ActivatorUtilities.CreateInstance<RetentionReads>(services, clock);
        using var retention = ActivatorUtilities.CreateInstance<Retention>(services, reads);

        var plan = await retention.PlanAsync(Project, JsonSerializer.Deserialize(Rules, ContractsJson.Default.RetentionRules)!, CancellationToken.None);
        var done = await retention.SweepAsync(CancellationToken.None);

        Assert.Equal((0, 0, 0), (before.GetProperty("runs_trashed").GetInt32(), before.GetProperty("runs_removed").GetInt32(), before.GetProperty("artifact_count").GetInt32()));
        Assert.Equal([("remove", thrown), ("trash", quiet)], plan.Runs.Select(run => (run.Action, run.RunId)).Order());
        // A point of the thrown run in the inbox takes no room of its own yet; two files of four bytes do.
        Assert.Equal(4, plan.Runs.Single(run => run.RunId == quiet).Size);
        Assert.Equal([("picture", quiet, 3L)], plan.Artifacts.Select(one => (one.Artifact.Name, one.RunId, one.Artifact.Size)));
        Assert.Equal((1, 3L), (plan.ArtifactCount, plan.ArtifactSize));
        Assert.Equal(new RetentionOutcome(0, 1, 1, 0, 1), done);
        Assert.NotEqual(JsonValueKind.Null, (await _client.GetAsync($"/api/v1/runs/{quiet}", 200)).GetProperty("trashed").ValueKind);
        await _client.GetAsync($"/api/v1/runs/{thrown}", 404);
        Assert.Equal(["notes"], await NamesAsync(quiet));
        Assert.Equal(["notes", "picture"], await NamesAsync(kept));
        // By that clock the trash has held it for forty days, too.
        Assert.Equal(new RetentionOutcome(0, 0, 0, 0, 1), await retention.SweepAsync(CancellationToken.None));
        Assert.Equal(0, (await retention.SweepAsync(CancellationToken.None)).All);
    }

    [Fact]
    public async Task Sweep_OfCheckpointsInAKeptRun_LeavesThem()
    {
        const string Project = "aged-checkpoints";
        var run = await RunAsync(Project, "r");
        await _client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{run}", """{"tags":["keep"]}""", 200);
        for (var step = 0; step < 3; step++)
            await PutAsync(run, $"{step}", "checkpoint", [(byte)step], step);

        var plan = await PlanAsync(Project, """{"keep_last":1,"keep_tags":["keep"]}""");
        var without = await PlanAsync(Project, """{"keep_last":1}""");

        Assert.Equal((0, 3), (plan.GetProperty("count").GetInt32(), plan.GetProperty("stay").GetInt32()));
        // The last stays by the rule, and the best by the loss.
        Assert.Equal((1, 2), (without.GetProperty("count").GetInt32(), without.GetProperty("stay").GetInt32()));
    }

    [Theory]
    [InlineData("""{"runs_after_days":0.5}""", "/rules/runs_after_days", "out_of_range")]
    [InlineData("""{"runs_to":"attic"}""", "/rules/runs_to", "unknown_place")]
    [InlineData("""{"empty_trash_after_days":-1}""", "/rules/empty_trash_after_days", "out_of_range")]
    [InlineData("""{"keep_tags":["a",""]}""", "/rules/keep_tags/1", "empty_name")]
    [InlineData("""{"artifacts":[{"type":"checkpoint","older_than_days":1}]}""", "/rules/artifacts/0/type", "unknown_type")]
    [InlineData("""{"artifacts":[{"type":"file"}]}""", "/rules/artifacts/0/older_than_days", "out_of_range")]
    [InlineData("""{"artifacts":[{"type":"file","older_than_days":1},{"type":"file","older_than_days":2}]}""", "/rules/artifacts/1/type", "given_twice")]
    public async Task PutRetention_BadRule_Is422WithAPointer(string rules, string pointer, string code) =>
        Assert.Equal(code, (await _client.SendAsync(HttpMethod.Put, "/api/v1/retention", $$"""{"project":"p","revision":0,"rules":{{rules}}}""", 422)).ErrorCode(pointer));

    private static IEnumerable<(string, string)> Act(RunInfo[] runs, RetentionRules rules) => RunRetention.Of(runs, rules, 10 * Day).Select(one => (one.Action, one.Run.Name));

    private static RunInfo Run(string name, double updated, double? trashed = null, double? archived = null, string[]? tags = null) =>
        new() { Id = name, Project = "p", Name = name, Updated = updated * Day, Trashed = trashed * Day, Archived = archived * Day, Tags = tags ?? [] };

    private Task<JsonElement> PlanAsync(string project, string rules) =>
        _client.SendAsync(HttpMethod.Post, "/api/v1/retention/plan", $$"""{"project":"{{project}}","rules":{{rules}}}""", 200);

    private async Task<string> RunAsync(string project, string name) =>
        (await _client.PostEventsAsync($$"""{"project":"{{project}}","run":"{{name}}","events":[{"type":"scalar","tag":"loss","step":1,"value":1}]}""")).Text("run_id")!;

    private async Task PutAsync(string run, string name, string type, byte[] content, int? step = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = new ByteArrayContent(content) };
        request.Headers.Add("Artifact-Type", type);
        if (step is not null)
            request.Headers.Add("Artifact-Step", $"{step}");
        using var response = await _client.SendAsync(request);
        await response.ReadAsync(201);
    }

    private async Task<IEnumerable<string>> NamesAsync(string run) =>
        (await _client.GetAsync($"/api/v1/runs/{run}/artifacts", 200)).GetProperty("items").EnumerateArray().Select(item => item.Text("name")!).Order();
}
