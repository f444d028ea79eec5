using System.Xml.Linq;

namespace Dashboard.Browser.Tests;

/// <summary>What the Scalars page offers beyond its plain charts: groups, several tags, two windows, pins, tables, files.</summary>
[Collection(BrowserSuite.Name)]
public sealed class ScalarsToolsTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Group_ByAConfigField_DrawsMeanBandAndCount(int width, int height)
    {
        var project = $"tools/group-{width}";
        var first = "";
        foreach (var (name, lr, offset) in new[] { ("a", 0.1, 0.0), ("b", 0.1, 2.0), ("c", 0.01, 10.0) })
        {
            var run = await Server.PushAsync(project, name, "loss", Steps(0, 4), step => step + offset);
            first = first.Length == 0 ? run : first;
            await Server.PutRunAsync(project, name, "finished", new { lr });
        }

        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;
        await watched.ChartAsync("loss", first, "points.steps.length === 4");
        if (width < 900)
        {
            await page.Locator("#view-open").ClickAsync();
        }

        await page.Locator("#group-by summary").ClickAsync();
        await page.Locator("#group-by input").FillAsync("lr");
        await Expect(page.Locator("#group-by [aria-selected=true]")).ToHaveTextAsync("config.lr2 values");
        await page.Keyboard.PressAsync("Enter");
        // The sample deviation of 0 and 2 is the square root of two.
        await watched.ChartAsync("loss", first, """
            (() => {
              const [low, high] = chart.drawn();
              return low.name === '0.01' && low.n[0] === 1 && low.values[3] === 13
                && high.name === '0.1' && high.n[3] === 2 && high.values[3] === 4 && Math.abs(high.high[3] - 4 - Math.SQRT2) < 1e-9;
            })()
            """);
        await Expect(page.Locator(".card-legend li")).ToHaveTextAsync(["0.011 run", "0.12 runs"]);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");

        await using var theirs = await browser.OpenAsync(page.Url + "&center=median&band=range", width, height);
        await theirs.ChartAsync("loss", first, "chart.drawn().length === 2 && chart.drawn()[1].low[3] === 3 && chart.drawn()[1].high[3] === 5");
    }

    [Fact]
    public async Task Card_WithAnotherTagOnTheRightAxis_DrawsBothAndLetsItGo()
    {
        const string Project = "tools/tags";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 5), step => step);
        await Server.PushAsync(Project, "r", "lr", Steps(0, 5), step => 1000 - step);
        await using var watched = await OpenAsync(Project, "");
        var page = watched.Page;
        var card = page.Locator("article[data-tag='loss']");
        await watched.ChartAsync("loss", run, "points.steps.length === 5");
        await ChooseAsync(card, "Add a curve from another tag");
        await page.Locator("dialog input").FillAsync("lr");
        await page.Keyboard.PressAsync("Enter");
        await watched.ChartAsync("loss", run, "chart.drawn().length === 2 && chart.drawn()[1].values[4] === 996 && chart.drawn()[1].dash !== chart.drawn()[0].dash");
        await ChooseAsync(card, "lr on the right axis");
        await watched.ChartAsync("loss", run, "chart.view().y2?.[0] > 900 && chart.view().y[1] < 10");
        await Expect(card.Locator("h3")).ToHaveTextAsync("loss · lr");
        await Expect(card.Locator(".card-legend li")).ToHaveTextAsync(["loss", "lrright axis"]);

        // What joined is as live as the card's own.
        await Server.PushAsync(Project, "r", "lr", Steps(5, 3), step => 1000 - step);
        await watched.ChartAsync("loss", run, "chart.drawn()[1].values.length === 8");
        await page.ReloadAsync();
        await watched.ChartAsync("loss", run, "chart.drawn().length === 2 && chart.drawn()[1].axis === 'y2'");
        await ChooseAsync(card, "Remove lr");
        await watched.ChartAsync("loss", run, "chart.drawn().length === 1 && chart.view().y2 === null");
        Assert.DoesNotContain("add=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_EarlyAgainstLate_LaysBothEndsOverEachOther()
    {
        const string Project = "tools/windows";
        await Server.PushAsync(Project, "r", "loss", Steps(0, 1001), step => step);
        await using var watched = await OpenAsync(Project, "");
        var card = watched.Page.Locator("article");
        await Expect(card.Locator("canvas")).ToBeVisibleAsync();
        await ChooseAsync(card, "Early against late");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "First and last 10%" }).ClickAsync();
        await DrawnAsync(watched, "d.length === 2 && d[0].xs.length === 101 && d[1].xs.length === 101 && d[1].xs[0] === 0 && d[1].values[0] === 900 && d[0].values[100] === 100");
        await Expect(card.Locator(".card-note")).ToHaveTextAsync("First 10% against last 10%, each from its own start");
        await watched.Page.ReloadAsync();
        await DrawnAsync(watched, "d.length === 2 && d[1].values[100] === 1000");
    }

    [Fact]
    public async Task Zoom_Synchronised_MovesEveryCardAndSmoothsFromBeforeTheWindow()
    {
        const string Project = "tools/sync";
        var run = await Server.PushAsync(Project, "r", "a", Steps(0, 4_000), step => step);
        await Server.PushAsync(Project, "r", "b", Steps(0, 4_000), step => step);
        await using var watched = await OpenAsync(Project, "&smooth=0.9");
        var page = watched.Page;
        await watched.ChartAsync("b", run, "points.steps.length > 100");
        await page.Locator("#view-open").ClickAsync();
        await page.Locator("#sync-zoom").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        var box = (await page.Locator("article[data-tag='a'] .u-over").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 50);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.53f, box.Y + 60, new() { Steps = 4 });
        await page.Mouse.MoveAsync(box.X + box.Width * 0.55f, box.Y + 60, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        // On a straight line the settled exponential lags by w / (1 − w) = 9 steps at every point; begun anew it would not lag at all.
        await watched.ChartAsync("b", run, """
            (() => {
              const at = points.steps.indexOf(Math.ceil(chart.view().window?.[0] ?? -1));
              return chart.windowed && at > 0 && Math.abs(points.values[at] - points.smooth[at] - 9) < 0.1;
            })()
            """);
        Assert.Matches("window=\\d+%3A\\d+", page.Url);
        await page.Locator("article[data-tag='b'] .u-over").DblClickAsync();
        await watched.ChartAsync("a", run, "chart.view().window === null && points.total === 4000");
    }

    [Fact]
    public async Task Chart_Clicked_PinsTheTooltipAndPicksTheRun()
    {
        const string Project = "tools/pin";
        await Server.PushAsync(Project, "low", "loss", Steps(0, 11), _ => 0);
        var run = await Server.PushAsync(Project, "high", "loss", Steps(0, 11), _ => 10);
        await using var watched = await OpenAsync(Project, "");
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "chart.drawn().length === 2 && chart.drawn()[1].xs.length === 11 && chart.view().y");
        // The upper of two level lines: five parts in a hundred below the top.
        var box = (await page.Locator("article .u-over").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + box.Width * 0.5f, box.Y + box.Height * 0.05f);
        await Expect(page.Locator(".chart-tip.pinned")).ToContainTextAsync("Step 5");
        await Expect(page.Locator(".chart-tip.pinned tr")).ToHaveCountAsync(2);
        await watched.ChartAsync("loss", run, $"chart.view().lit === '{run}'");
        Assert.Contains($"pick={run}", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.Locator(".chart-tip.pinned")).ToContainTextAsync("high");
        await watched.ChartAsync("loss", run, $"chart.view().lit === '{run}'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unpin (P)" }).ClickAsync();
        await Expect(page.Locator(".chart-tip.pinned")).ToHaveCountAsync(0);

        await page.Locator("article").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator(".chart-tip.pinned")).ToContainTextAsync("Step 0");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator(".chart-tip.pinned")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Card_WithATableAndPinned_TellsNumbersAtTheTopOfThePage()
    {
        const string Project = "tools/table";
        await Server.PushAsync(Project, "a", "loss", Steps(0, 10), step => 9 - step);
        await Server.PushAsync(Project, "b", "loss", Steps(0, 20), step => step);
        await Server.PushAsync(Project, "b", "acc", Steps(0, 2), step => step);
        await using var watched = await OpenAsync(Project, "");
        var page = watched.Page;
        var card = page.Locator("article[data-tag='loss']");
        await Expect(card.Locator("canvas")).ToBeVisibleAsync();
        await ChooseAsync(card, "Table");
        await Expect(card.Locator("tbody tr:not([aria-hidden])")).ToHaveTextAsync(["b190191920", "a009910"]);
        await card.GetByRole(AriaRole.Button, new() { Name = "Min" }).ClickAsync();
        await Expect(card.Locator("th[aria-sort='descending']")).ToHaveCountAsync(1);
        await ChooseAsync(card, "Pin to the top");
        await Expect(page.Locator(".group").First.Locator("article")).ToHaveAttributeAsync("data-tag", "loss");
        await page.ReloadAsync();
        await Expect(page.Locator(".group").First.Locator("h2")).ToContainTextAsync("Pinned");
        await Expect(page.Locator("article[data-tag='loss'] tbody tr:not([aria-hidden])")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Export_Svg_IsAWellFormedPictureWithTitleTicksAndLegend()
    {
        const string Project = "tools/svg";
        var run = await Server.PushAsync(Project, "<b>&run", "loss<x>", Steps(0, 50), step => step);
        await using var watched = await browser.OpenAsync(Address(Project, ""), scheme: ColorScheme.Dark);
        await watched.ChartAsync("loss<x>", run, "points.steps.length === 50 && chart.view().y");
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => ChooseAsync(watched.Page.Locator("article"), "SVG on white, for a paper"));
        var picture = XDocument.Load(await download.PathAsync());
        XNamespace svg = "http://www.w3.org/2000/svg";
        var texts = picture.Descendants(svg + "text").Select(text => text.Value).ToArray();
        Assert.Contains("loss<x>", texts);
        Assert.Contains("<b>&run", texts);
        Assert.Contains("Step", texts);
        Assert.Contains("20", texts);
        Assert.Equal("#ffffff", picture.Descendants(svg + "rect").First(rect => rect.Parent == picture.Root).Attribute("fill")!.Value);
        Assert.Contains(picture.Descendants(svg + "path"), path => path.Attribute("clip-path") is not null && path.Attribute("d")!.Value.Length > 100);
        Assert.Empty(picture.Descendants(svg + "image"));
    }

    [Fact]
    public async Task Chart_WithoutOutliers_SaysHowManyLieOutside()
    {
        const string Project = "tools/outliers";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 100), step => step == 50 ? 1e6 : 1 + (step % 10));
        await using var watched = await OpenAsync(Project, "&outliers=0");
        await watched.ChartAsync("loss", run, "chart.view().y && chart.view().y[1] < 20 && chart.view().outside === 1");
        await Expect(watched.Page.Locator("article .card-note")).ToHaveTextAsync("1 point lies outside");
    }

    [Fact]
    public async Task Axis_OfAnotherMetric_DrawsOneAgainstTheOther()
    {
        const string Project = "tools/metric";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 20), step => 100 - step);
        await Server.PushAsync(Project, "r", "tokens", Steps(0, 20), step => step * 1000);
        await using var watched = await OpenAsync(Project, "");
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "points.steps.length === 20");
        await page.Locator("#x-axis").SelectOptionAsync("metric");
        await page.Locator("#x-metric input").FillAsync("tok");
        await page.Keyboard.PressAsync("Enter");
        await watched.ChartAsync("loss", run, "points.xs[19] === 19000 && points.values[19] === 81 && chart.view().x[1] === 19000");
        await Expect(page.Locator("#x-metric .picker-value")).ToHaveTextAsync("tokens");
        await page.Locator("#x-axis").SelectOptionAsync("step");
        await watched.ChartAsync("loss", run, "points.xs[19] === 19");
    }

    [Fact]
    public async Task Page_WithFarTooManyRuns_DrawsTheNewestAndSaysSo()
    {
        const string Project = "tools/many";
        for (var i = 0; i < 203; i++)
        {
            await Server.PushAsync(Project, $"r{i}", "loss", Steps(0, 2), step => step + i);
        }

        await using var watched = await OpenAsync(Project, "&runs=all");
        await Expect(watched.Page.Locator("#scalars-many")).ToContainTextAsync("203 runs are selected. The charts draw the newest 200");
        await DrawnAsync(watched, "d.length === 200");
        await watched.Page.Locator("#many-newest").ClickAsync();
        await Expect(watched.Page.Locator("#scalars-many")).ToBeHiddenAsync();
        await DrawnAsync(watched, "d.length === 20");
    }

    [Fact]
    public async Task Phone_TwoFingers_ZoomAndTwoTapsReset()
    {
        const string Project = "tools/touch";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 101), step => step);
        var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true });
        await using var watched = await WatchedPage.OpenAsync(context, Address(Project, ""));
        await watched.ChartAsync("loss", run, "points.steps.length === 101 && chart.view().x");
        var box = (await watched.Page.Locator("article .u-over").BoundingBoxAsync())!;
        var devtools = await context.NewCDPSessionAsync(watched.Page);
        // The touches say themselves when they were, 50 ms apart, so that a busy machine does not make two slow taps of a double one.
        var clock = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        Task Touch(string type, params float[] shares) => devtools.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["timestamp"] = clock += 0.05,
            ["touchPoints"] = shares.Select((share, id) => new { x = box.X + box.Width * share, y = box.Y + 60, id }).ToArray(),
        });
        await Touch("touchStart", 0.4f, 0.6f);
        await Touch("touchMove", 0.3f, 0.7f);
        await Touch("touchMove", 0.2f, 0.8f);
        await Touch("touchEnd");
        // What was two fifths and three fifths along is now one and four fifths along: a third of the width, around the middle.
        await watched.ChartAsync("loss", run, "Math.abs(chart.view().window?.[0] - 33) <= 2 && Math.abs(chart.view().window?.[1] - 67) <= 2");
        foreach (var _ in new[] { 1, 2 })
        {
            await Touch("touchStart", 0.5f);
            await Touch("touchEnd");
        }

        await watched.ChartAsync("loss", run, "chart.view().window === null && chart.view().pinned === null");
        clock += 1;
        await Touch("touchStart", 0.5f);
        await Touch("touchEnd");
        await Expect(watched.Page.Locator(".chart-tip.pinned")).ToContainTextAsync("Step 50");
    }

    [Fact]
    public async Task Page_WithOddNames_ShowsThemAsText()
    {
        const string Project = "tools/odd";
        string[] tags = ["<img src=x onerror=alert(1)>", "🚀 损失", "مرحبا", new string('x', 512)];
        var run = "";
        foreach (var tag in tags)
        {
            run = await Server.PushAsync(Project, "<b>r</b>", tag, Steps(0, 3), step => step);
        }

        await Server.PushAsync(Project, "<b>r</b>", "nan", Steps(0, 3), _ => double.NaN);
        await Server.PushAsync(Project, "<b>r</b>", "far", [0, 1, 1_000_000_000_000_000], step => step);
        await using var watched = await OpenAsync(Project, $"&add={Uri.EscapeDataString($"far\t{tags[0]}")}", 390, 844);
        var page = watched.Page;
        await Expect(page.Locator("article")).ToHaveCountAsync(6);
        Assert.Equal(tags.Order(StringComparer.Ordinal), (await page.Locator("article").EvaluateAllAsync<string[]>("cards => cards.map((card) => card.dataset.tag)")).Intersect(tags).Order(StringComparer.Ordinal));
        Assert.Equal(0, await page.Locator("article img").CountAsync());
        await page.Locator("article[data-tag='far']").ScrollIntoViewIfNeededAsync();
        await watched.ChartAsync("far", run, "chart.drawn().length === 2 && points.xs[2] === 1e15");
        await page.Locator("article[data-tag='nan']").ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator("article[data-tag='nan'] .card-note")).ToHaveTextAsync("Every value here is NaN or infinite");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
    }

    private static async Task ChooseAsync(ILocator card, string item)
    {
        await card.HoverAsync();
        await card.Locator("details.menu > summary").ClickAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = item, Exact = true }).ClickAsync();
    }

    /// <summary>Waits until a condition over what the page's first chart draws, <c>d</c>, holds.</summary>
    private static Task DrawnAsync(WatchedPage watched, string condition) => watched.Page.WaitForFunctionAsync(
        $$"""() => { const d = document.querySelector('article .plot')?.lossboardChart?.drawn(); return Boolean(d && ({{condition}})); }""");

    private Task<WatchedPage> OpenAsync(string project, string rest, int width = 1440, int height = 900) => browser.OpenAsync(Address(project, rest), width, height);

    private string Address(string project, string rest) => $"{Server.Address}scalars?project={Uri.EscapeDataString(project)}{rest}";

    private static IEnumerable<long> Steps(long from, int count) => Enumerable.Range(0, count).Select(i => from + i);
}
