using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>What the catalogue does at its limits.</summary>
public sealed class CatalogueMemoryTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ApiLimits Limits = new();

    private readonly HttpClient _client = server.CreateClient();

    private IRunIndex Index => server.Services.GetRequiredService<IRunIndex>();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Select_WithoutRoomForConfigurations_FindsTheSame()
    {
        await FillAsync("full");
        var roomy = new RunCatalogue(Index, Limits, new RunChangeLog());
        var full = new RunCatalogue(Index, Limits, new RunChangeLog(), memoryLimit: 0);
        Assert.All((await full.ReadAsync("full", None)).Runs, run => Assert.Null(run.Config));
        foreach (var query in new[] { "config.n >= 3", "has(config.deep)", "config.deep.text ~ 1", "config.none = 1 or config.n = 2" })
        {
            var expected = await SelectAsync(roomy, query, TimeProvider.System);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await SelectAsync(full, query, TimeProvider.System));
        }
        var counts = new TagCountCache(Index, new RunChangeLog());
        var fields = await new RunFieldReads(roomy, counts, Index, Limits).ReadAsync("full", ProjectScope.Whole, null, 10, None);
        Assert.Equal(["config.deep.text", "config.n"], fields.Config.Select(field => field.Path));
        Assert.Equal(fields.Config, (await new RunFieldReads(full, counts, Index, Limits).ReadAsync("full", ProjectScope.Whole, null, 10, None)).Config);
    }

    [Fact]
    public async Task Read_AtTheMemoryLimit_LetsGoOfTheProjectAskedForLongestAgo()
    {
        await FillAsync("first");
        await FillAsync("second");
        var measured = new RunCatalogue(Index, Limits, new RunChangeLog());
        await measured.ReadAsync("first", None);
        var one = measured.HeldBytes;
        Assert.InRange(one, 1, long.MaxValue);
        var catalogue = new RunCatalogue(Index, Limits, new RunChangeLog(), memoryLimit: one + 1);
        await catalogue.ReadAsync("first", None);
        await catalogue.ReadAsync("second", None);
        Assert.InRange(catalogue.HeldBytes, one, one + (one / 2));
        Assert.Equal(5, (await catalogue.ReadAsync("first", None)).Runs.Length);
    }

    [Fact]
    public async Task Read_ProjectsThatDoNotExist_AreNotKept()
    {
        var catalogue = new RunCatalogue(Index, Limits, new RunChangeLog());
        for (var at = 0; at < 10; at++)
            Assert.Empty((await catalogue.ReadAsync($"none-{at}", None)).Runs);
        Assert.Equal(0, catalogue.HeldBytes);
    }

    [Fact]
    public async Task Select_BeyondItsTime_IsRefused()
    {
        await FillAsync("late");
        var fault = await Assert.ThrowsAsync<QueryException>(() => SelectAsync(new RunCatalogue(Index, Limits, new RunChangeLog()), "config.n > 1", new ExpiredTime(), "late"));
        Assert.Equal("query_timeout", fault.Code);
    }

    private async Task<List<string>> SelectAsync(RunCatalogue catalogue, string query, TimeProvider clock, string project = "full")
    {
        var search = new RunSearch(catalogue, Index, new SummaryCache(Index), Limits, clock);
        var selection = await search.SelectAsync(project, ProjectScope.Whole, RunState.Live, QueryParser.Parse(query, Limits), [], [], None);
        return [.. selection.Matched.Select(row => selection.Rows.Runs[row].Info.Name)];
    }

    private async Task FillAsync(string project)
    {
        for (var at = 0; at < 5; at++)
            await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{project}}","config":{"n":{{at}},"deep":{"text":"t{{at}}"} },"run":"r{{at}}"}""", 201);
    }

    /// <summary>A clock whose timers are due at once.</summary>
    private sealed class ExpiredTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
