namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class ScatterPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    // The textbook's five points: slope 1.99, intercept .05.
    private async Task FiveRunsAsync(string project)
    {
        double[] y = [2.1, 3.9, 6.2, 7.8, 10.1];
        for (var at = 0; at < y.Length; at++)
        {
            await Server.PutRunAsync(project, $"run {at}", "running", new { width = at + 1, kind = at % 2 == 0 ? "even" : "odd" });
            await Server.PushAsync(project, $"run {at}", "loss", [1], _ => y[at]);
        }
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Runs_OfKnownValues_HaveTheTextbookLine(int width, int height)
    {
        var project = FormattableString.Invariant($"scatter/line {width}");
        await FiveRunsAsync(project);
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        await Expect(page.Locator("#scatter-title")).ToHaveTextAsync("loss (min) against width");
        await Expect(page.Locator("#scatter-words")).ToHaveTextAsync("loss (min) = 0.05 + slope · width, slope 1.99 ± 0.0597 (± standard error), R² = 0.997, n = 5.");
        await Expect(page.Locator("#scatter-figure")).ToHaveAttributeAsync("data-drawn", "5");
        await Expect(page.Locator("#scatter-figure .points path.point")).ToHaveCountAsync(5);
        await Expect(page.Locator("#scatter-table tbody tr:not([aria-hidden])")).ToHaveCountAsync(5);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Steps_OfTwoMetrics_AreJoinedAndFittedAtTheServer()
    {
        const string Project = "scatter/steps";
        var steps = Enumerable.Range(0, 2000).Select(at => (long)at).ToArray();
        await Server.PushAsync(Project, "one", "norm", steps, step => step / 100.0);
        await Server.PushAsync(Project, "one", "loss", steps.Where(step => step % 2 == 0), step => 5 - (step / 200.0));
        await using var watched = await OpenAsync(Project, "&mode=steps&xtag=norm&ytag=loss");
        var page = watched.Page;

        // loss = 5 − norm/2 at every second step.
        await Expect(page.Locator("#scatter-words")).ToContainTextAsync("slope −0.5 ± ");
        await Expect(page.Locator("#scatter-words")).ToContainTextAsync("R² = 1, n = 1,000.");
        await Expect(page.Locator("#scatter-notes")).ToContainTextAsync("1,000 pairs of equal step, of 1 run.");
        await page.Locator("#swap").ClickAsync();
        await Expect(page.Locator("#scatter-title")).ToHaveTextAsync("norm against loss");
        await Expect(page.Locator("#scatter-words")).ToContainTextAsync("slope −2 ± ");
        Assert.Contains("xtag=loss", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Point_ClickedOrBoxed_SelectsItsRuns()
    {
        const string Project = "scatter/select";
        await FiveRunsAsync(Project);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var points = page.Locator("#scatter-figure .points path.point");
        await Expect(points).ToHaveCountAsync(5);
        var newest = (await points.First.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(newest.X + (newest.Width / 2), newest.Y + (newest.Height / 2));
        await Expect(page.Locator("#scatter-picked")).ToContainTextAsync("run 4");
        await Expect(page.Locator("#scatter-table tr[data-mark='picked']")).ToContainTextAsync("run 4");

        // The right half of the picture: widths 4 and 5.
        var area = (await page.Locator("#scatter-figure .nsewdrag").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(area.X + (area.Width * .6f), area.Y + 4);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(area.X + area.Width - 2, area.Y + area.Height - 4, new() { Steps = 6 });
        await page.Mouse.UpAsync();

        await Expect(page.Locator("#scatter-selection")).ToContainTextAsync("2 runs selected");
        await Expect(page.Locator("#scatter-table tr[data-mark='held']")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show only these" }).ClickAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("2 of 5");
        await page.Locator("#only-shown").CheckAsync();
        await Expect(page.Locator("#scatter-notes")).ToContainTextAsync("2 runs.");
    }

    [Fact]
    public async Task Link_WithColourAndQuery_ShowsTheSameToATeammate()
    {
        const string Project = "scatter/link";
        await FiveRunsAsync(Project);
        await using var mine = await OpenAsync(Project);
        // Half a query is answered 422 on purpose.
        mine.MayBeRefused = true;
        var page = mine.Page;
        await page.Locator("#pick-color summary").ClickAsync();
        await page.Locator("#pick-color .menu-item", new() { HasText = "kind" }).ClickAsync();
        await page.Locator("#scatter-query input").FillAsync("config.width <");
        await Expect(page.Locator("#scatter-query-error")).Not.ToBeEmptyAsync();
        await page.Locator("#scatter-query input").FillAsync("config.width < 5");
        await Expect(page.Locator("#scatter-notes")).ToContainTextAsync("4 runs.");
        await page.Locator("#log-y").CheckAsync();

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator("#scatter-notes")).ToContainTextAsync("4 runs.");
        await Expect(theirs.Page.Locator("#scatter-words")).ToContainTextAsync("log₁₀(loss (min)) =");
        await Expect(theirs.Page.Locator("#scatter-figure .legend .traces")).ToHaveCountAsync(2);
        await Expect(theirs.Page.Locator("#scatter-table th[data-column='config.kind']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_WithoutPoints_SaysWhy()
    {
        await Server.PushAsync("scatter/nan", "r", "loss", [1], _ => double.NaN);
        await using (var none = await OpenAsync("scatter/nothing"))
            await Expect(none.Page.Locator("#scatter-no-runs")).ToBeVisibleAsync();
        await using var nan = await OpenAsync("scatter/nan");
        await Expect(nan.Page.Locator("#scatter-no-points")).ToBeVisibleAsync();
        await Expect(nan.Page.Locator("#scatter-notes")).ToContainTextAsync("1 run is left out");
    }

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}scatter?project={Uri.EscapeDataString(project)}{more}", width, height);
}
