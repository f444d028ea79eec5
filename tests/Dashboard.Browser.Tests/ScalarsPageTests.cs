using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed partial class ScalarsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Chart_PointsPushedWhileOpen_ReachTheLine()
    {
        const string Project = "scalars/live";
        var run = await Server.PushAsync(Project, "r", "train/loss", Steps(0, 10), step => step);
        await using var watched = await OpenAsync(Project);
        await watched.ChartAsync("train/loss", run, "points.steps.length === 10");
        await Expect(watched.Page.Locator("#live-state")).ToHaveTextAsync("Live");

        for (var at = 10; at < 40; at += 10)
        {
            await Server.PushAsync(Project, "r", "train/loss", Steps(at, 10), step => step);
        }

        await watched.ChartAsync("train/loss", run, "points.steps.length >= 40");
        var points = await watched.PointsAsync("train/loss", run);
        Assert.Equal(Steps(0, 40), points.GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()));
        Assert.Equal(1, points.GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public async Task Page_NewTagAndNewRun_AppearByThemselves()
    {
        const string Project = "scalars/new";
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator("#scalars-no-runs")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator("#live-state")).ToHaveTextAsync("Live");
        var first = await Server.PushAsync(Project, "one", "loss", Steps(0, 5), step => step);
        await watched.ChartAsync("loss", first, "points.steps.length === 5");
        await Server.PushAsync(Project, "one", "val/acc", Steps(0, 3), step => step);
        await watched.ChartAsync("val/acc", first, "points.steps.length === 3");
        var second = await Server.PushAsync(Project, "two", "loss", Steps(0, 7), step => step);
        await watched.ChartAsync("loss", second, "points.steps.length === 7");
        await Expect(watched.Page.Locator("#selector-count")).ToHaveTextAsync("2 of 2");
    }

    [Fact]
    public async Task Link_OpenedByATeammate_ShowsTheSameView()
    {
        const string Project = "scalars/link";
        var run = await Server.PushAsync(Project, "r", "train/loss", [1, 2, 3, 4], step => step);
        await Server.PushAsync(Project, "hidden", "train/loss", [1, 2], step => step);
        await Server.PushAsync(Project, "r", "other/metric", [1, 2], step => step);
        await using var mine = await OpenAsync(Project);
        var page = mine.Page;
        await page.Locator("#smoothing-number").FillAsync("0.6");
        await page.Locator("#x-axis").SelectOptionAsync("relative");
        await page.Locator("#view-open").ClickAsync();
        await page.Locator("#log-y").CheckAsync();
        await page.Locator("#tag-filter").FillAsync("^train");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Show hidden" }).UncheckAsync();
        await Expect(page.Locator("article")).ToHaveCountAsync(1);

        await using var theirs = await browser.OpenAsync(page.Url);
        await theirs.ChartAsync("train/loss", run, "chart.view().options.logY && chart.view().options.x === 'relative' && points.smooth.length === 4");
        var smooth = (await theirs.PointsAsync("train/loss", run)).GetProperty("smooth").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        // The debiased exponential of 1, 2, 3, 4 at 0.6, to the four decimals it is written with.
        Assert.Equal([1, 1.625, 2.3265, 3.0956], smooth.Select(value => Math.Round(value, 4)));
        await Expect(theirs.Page.Locator("#smoothing-number")).ToHaveValueAsync("0.6");
        await Expect(theirs.Page.Locator("#tag-filter")).ToHaveValueAsync("^train");
        await Expect(theirs.Page.Locator("article")).ToHaveCountAsync(1);
        await Expect(theirs.Page.Locator("#selector-count")).ToHaveTextAsync("1 of 2");
        await Expect(theirs.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Show hidden" })).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Back_AfterASelection_ShowsWhatWasShownBefore()
    {
        const string Project = "scalars/back";
        await Server.PushAsync(Project, "a", "loss", [1, 2], step => step);
        await Server.PushAsync(Project, "b", "loss", [1, 2], step => step);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Show a" }).UncheckAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("1 of 2");
        await page.GoBackAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("2 of 2");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Show a" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Zoom_ByDragging_FetchesItsWindowAtFullResolution()
    {
        const string Project = "scalars/zoom";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 4_000), step => Math.Sin(step / 100.0));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "points.steps.length > 100 && points.steps.length < 1000");
        var box = (await page.Locator("article .u-over").BoundingBoxAsync())!;

        var asked = page.WaitForRequestAsync(Query());
        await page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 50);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.53f, box.Y + 60, new() { Steps = 4 });
        await page.Mouse.MoveAsync(box.X + box.Width * 0.55f, box.Y + 60, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        var body = JsonDocument.Parse((await asked).PostData!).RootElement;
        var (from, to) = (body.GetProperty("from_step").GetInt64(), body.GetProperty("to_step").GetInt64());
        Assert.InRange(from, 1_900, 2_100);
        Assert.InRange(to - from, 120, 260);
        // Every stored point of the window, none merged.
        await watched.ChartAsync("loss", run, $"points.steps.length === {to - from + 1} && points.steps[0] === {from}");
        var points = await watched.PointsAsync("loss", run);
        Assert.Equal(to - from + 1, points.GetProperty("total").GetInt64());
        Assert.Contains("zoom=", page.Url, StringComparison.Ordinal);

        await page.Locator("article .u-over").DblClickAsync();
        await watched.ChartAsync("loss", run, "points.total === 4000 && chart.view().window === null");
    }

    [Fact]
    public async Task Chart_ValuesThatAreNotFinite_AreMarkedWhereTheyAre()
    {
        const string Project = "scalars/nan";
        double[] values = [1, double.NaN, 2, double.PositiveInfinity, 3, double.NegativeInfinity, 2];
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 7), step => values[step]);
        await using var watched = await OpenAsync(Project);
        await watched.ChartAsync("loss", run, "points.steps.length === 7 && chart.view().nonFinite === 3");
        await Expect(watched.Page.Locator("article .card-note")).ToHaveTextAsync("3 values are NaN or infinite");
        Assert.True(await Inked(watched, 1, bottom: true), "NaN has no mark at the lower border.");
        Assert.True(await Inked(watched, 3, bottom: false), "Infinity has no mark at the upper border.");
        Assert.True(await Inked(watched, 5, bottom: true), "Minus infinity has no mark at the lower border.");
        Assert.False(await Inked(watched, 3, bottom: true), "Infinity is marked as if it were NaN.");
    }

    [Fact]
    public async Task Chart_OfNothingButNaN_StillMarksWhereTheyAre()
    {
        const string Project = "scalars/all-nan";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 5), _ => double.NaN);
        await using var watched = await OpenAsync(Project);
        await watched.ChartAsync("loss", run, "points.steps.length === 5 && chart.view().nonFinite === 5");
        await Expect(watched.Page.Locator("article .card-note")).ToHaveTextAsync("Every value here is NaN or infinite");
        Assert.True(await Inked(watched, 2, bottom: true), "NaN has no mark at the lower border.");
    }

    [Fact]
    public async Task Chart_RestartedRun_KeepsBothSegments()
    {
        const string Project = "scalars/restart";
        await Server.PushAsync(Project, "r", "loss", Steps(0, 10), step => step);
        var run = await Server.PushAsync(Project, "r", "loss", Steps(5, 10), step => step + 100);
        await using var watched = await OpenAsync(Project);
        await watched.ChartAsync("loss", run, "points.steps.length === 20 && points.segments.length === 2 && points.segments[1] === 10");
    }

    [Fact]
    public async Task Chart_LogAxisWithZeros_SaysWhatItCannotShow()
    {
        const string Project = "scalars/log";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(1, 10), step => step - 3);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&logy=1");
        await watched.ChartAsync("loss", run, "chart.view().nonPositive === 3 && chart.view().y[0] > 0");
        await Expect(watched.Page.Locator("article .card-note")).ToHaveTextAsync("3 points ≤ 0 are not on a log axis");
    }

    [Fact]
    public async Task Card_WithTheKeyboardAlone_TellsValuesZoomsAndGoesFullScreen()
    {
        const string Project = "scalars/keys";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 11), step => step * 10);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "points.steps.length === 11 && chart.view().x");
        var card = page.Locator("article");
        for (var presses = 0; presses < 60 && !await card.EvaluateAsync<bool>("card => card === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(card).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(card.Locator("[aria-live]")).ToHaveTextAsync("Step 1: r 10");
        await page.Keyboard.PressAsync("+");
        await watched.ChartAsync("loss", run, "chart.view().x?.[0] === 2 && chart.view().x[1] === 8 && points.steps.length === 11");
        await page.Keyboard.PressAsync("0");
        await watched.ChartAsync("loss", run, "chart.view().window === null");
        await page.Keyboard.PressAsync("Enter");
        await Expect(card).ToHaveClassAsync(FullScreen());
        await page.Keyboard.PressAsync("Escape");
        await Expect(card).Not.ToHaveClassAsync(FullScreen());
    }

    [Fact]
    public async Task Page_OnAPhone_FitsAndOpensTheRunsAsASheet()
    {
        const string Project = "scalars/phone";
        var run = await Server.PushAsync(Project, "r", "loss", Steps(0, 5), step => step);
        await using var watched = await browser.OpenAsync(Address(Project), width: 390, height: 844);
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "points.steps.length === 5");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Show r" })).ToBeHiddenAsync();
        await page.Locator("[data-selector-open]").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Show r" }).UncheckAsync();
        await page.Locator("#selector-close").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No run is shown" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Export_PngAndCsv_HoldTheChart()
    {
        const string Project = "scalars/export";
        var run = await Server.PushAsync(Project, "=r,1", "loss", Steps(0, 3), step => step);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await watched.ChartAsync("loss", run, "points.steps.length === 3");
        var csv = await File.ReadAllLinesAsync(await Saved(page, "CSV of all points"));
        Assert.StartsWith("run,tag,step", csv[0], StringComparison.Ordinal);
        Assert.Equal(4, csv.Length);
        Assert.StartsWith("\"'=r,1\",loss,0,", csv[1], StringComparison.Ordinal);
        var png = await File.ReadAllBytesAsync(await Saved(page, "PNG image"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    private static async Task<string> Saved(IPage page, string item)
    {
        await page.Locator("article").HoverAsync();
        await page.Locator("article summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = item }).ClickAsync());
        return await download.PathAsync();
    }

    /// <summary>True where the canvas has ink in the color of a run at a step, within the marks' height of a border of the plot.</summary>
    private static Task<bool> Inked(WatchedPage watched, int step, bool bottom) => watched.Page.EvaluateAsync<bool>(
        """
        ([step, bottom]) => {
          const over = document.querySelector('article .u-over').getBoundingClientRect();
          const canvas = document.querySelector('article canvas');
          const at = canvas.getBoundingClientRect();
          const [from, to] = document.querySelector('article .plot').lossboardChart.view().x;
          const x = over.left - at.left + ((step - from) / (to - from)) * over.width;
          const y = over.top - at.top + (bottom ? over.height - 9 : 1);
          const { data } = canvas.getContext('2d').getImageData(Math.round((x - 3) * devicePixelRatio), Math.round(y * devicePixelRatio), 6, 8);
          let colored = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 24) colored++;
          return colored >= 4;
        }
        """,
        new object[] { step, bottom });

    private Task<WatchedPage> OpenAsync(string project) => browser.OpenAsync(Address(project));

    private string Address(string project) => $"{Server.Address}scalars?project={Uri.EscapeDataString(project)}";

    private static IEnumerable<long> Steps(long from, int count) => Enumerable.Range(0, count).Select(i => from + i);

    [GeneratedRegex("/api/v1/scalars/query$")]
    private static partial Regex Query();

    [GeneratedRegex("\\bfullscreen\\b")]
    private static partial Regex FullScreen();
}
