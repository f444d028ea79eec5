using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed partial class RestartTests(BrowserFixture browser)
{
    private const string Project = "restart";

    [Fact]
    public async Task OpenPages_ServerKilledAndStartedAgain_GoOnWithoutReloadAndWithoutGap()
    {
        await using var server = await LossboardServer.StartNewAsync();
        var run = await server.PushAsync(Project, "r", "loss", Steps(0, 10), step => step);
        await using var scalars = await browser.OpenAsync($"{server.Address}scalars?project={Project}");
        await using var runs = await browser.OpenAsync($"{server.Address}runs?project={Project}");
        scalars.MayLoseServer = runs.MayLoseServer = true;
        await scalars.ChartAsync("loss", run, "points.steps.length === 10");
        foreach (var page in new[] { scalars.Page, runs.Page })
        {
            await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
            await page.EvaluateAsync("window.sameDocument = true");
        }

        await server.KillAsync();
        await Expect(scalars.Page.Locator("#live-state")).ToHaveTextAsync(Away());
        await Expect(runs.Page.Locator("#live-state")).ToHaveTextAsync(Away());
        await server.StartAsync();
        // Before the pages are back, so that what they missed must be told them.
        await server.PushAsync(Project, "r", "loss", Steps(10, 10), step => step);
        await server.PushAsync(Project, "new", "loss", Steps(0, 3), step => step);

        await scalars.ChartAsync("loss", run, "points.steps.length >= 20");
        await Expect(scalars.Page.Locator("#live-state")).ToHaveTextAsync("Live");
        await server.PushAsync(Project, "r", "loss", Steps(20, 5), step => step);
        await scalars.ChartAsync("loss", run, "points.steps.length >= 25");
        var steps = (await scalars.PointsAsync("loss", run)).GetProperty("steps").EnumerateArray().Select(step => step.GetInt64());
        Assert.Equal(Steps(0, 25), steps);
        await Expect(runs.Page.GetByRole(AriaRole.Link, new() { Name = "new" })).ToBeVisibleAsync();
        await Expect(runs.Page.GetByRole(AriaRole.Row, new() { Name = "r", Exact = false }).Filter(new() { HasText = "24" })).ToHaveCountAsync(1);
        Assert.True(await scalars.Page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.True(await runs.Page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    [Fact]
    public async Task Page_OpenedWhileQueriesFail_SaysSoAndRecoversByItself()
    {
        await using var server = await LossboardServer.StartNewAsync();
        var run = await server.PushAsync(Project, "r", "loss", Steps(0, 10), step => step);
        var context = await browser.Browser.NewContextAsync();
        await using var watched = await WatchedPage.OpenAsync(context, server.Address);
        watched.MayLoseServer = true;
        await context.RouteAsync("**/api/v1/scalars/query", route => route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" }, Body = "" }));
        await watched.Page.GotoAsync($"{server.Address}scalars?project={Project}");
        await Expect(watched.Page.Locator("article .card-message")).ToContainTextAsync("Trying again by itself");
        await context.UnrouteAllAsync();
        await watched.ChartAsync("loss", run, "points.steps.length === 10");
        await Expect(watched.Page.Locator("article .card-message")).ToBeHiddenAsync();
    }

    private static IEnumerable<long> Steps(long from, int count) => Enumerable.Range(0, count).Select(i => from + i);

    [GeneratedRegex("Reconnecting|Offline")]
    private static partial Regex Away();
}
