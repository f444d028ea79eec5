using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed partial class HyperparametersPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    // A loss that hangs on the learning rate alone; the optimiser and the depth have no part in it.
    private async Task SweepAsync(string project, int runs, Func<double, double>? loss = null)
    {
        var random = new Random(3);
        for (var at = 0; at < runs; at++)
        {
            var rate = Math.Pow(10, -4 + (3 * random.NextDouble()));
            await Server.PutRunAsync(project, $"run {at}", "running", new { lr = rate, depth = random.Next(1, 9), optimizer = new { name = at % 3 == 0 ? "sgd" : "adam" }, seed = 1 });
            await Server.PushAsync(project, $"run {at}", "val/loss", [1], _ => loss?.Invoke(rate) ?? Math.Pow(Math.Log10(rate) + 2.5, 2));
        }
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Page_OfASweep_ShowsWhatMatters(int width, int height)
    {
        var project = FormattableString.Invariant($"hyper/sweep {width}");
        await SweepAsync(project, 40);
        await using var watched = await OpenAsync(project, width, height);
        var page = watched.Page;

        await Expect(page.Locator("#hyper-notes")).ToHaveTextAsync("40 runs.");
        await Expect(page.Locator(".importance-host")).ToHaveAttributeAsync("data-first", "config.lr");
        await Expect(page.Locator("[data-card='importance'] .analysis-words")).ToContainTextAsync(new Regex(@"^A forest over 40 runs explains \d+ % of the variance of val/loss \(min\)"));
        await Expect(page.Locator("[data-card='importance'] .analysis-warning")).ToBeHiddenAsync();
        // An axis for each setting that varies, and the metric; the constant seed has none.
        await page.WaitForFunctionAsync("() => document.querySelector('.parallel-host').lossboardParallel.state.axes.map((axis) => axis.path).join() === 'config.depth,config.lr,config.optimizer.name,summary(\"val/loss\").min'");
        await Expect(page.Locator(".parallel-name").Nth(1)).ToHaveTextAsync("lr");
        await Expect(page.Locator(".parallel-name").Nth(1)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-card='table'] tbody tr:not([aria-hidden])").First).ToContainTextAsync("run 39");
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Brush_DrawnOnAnAxis_HoldsRunsInTheTableAndTheAddress()
    {
        const string Project = "hyper/brush";
        await SweepAsync(Project, 30);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var axis = page.GetByRole(AriaRole.Slider, new() { Name = "Runs kept on optimizer.name" });
        await Expect(axis).ToHaveAttributeAsync("aria-valuetext", "all");
        var box = (await axis.BoundingBoxAsync())!;

        // The upper end is "sgd", of every third run.
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 1, new() { Steps = 5 });
        await page.Mouse.UpAsync();

        await Expect(axis).ToHaveAttributeAsync("aria-valuetext", "sgd to sgd");
        await Expect(page.Locator("#hyper-selection")).ToContainTextAsync("10 runs selected");
        await Expect(page.Locator("[data-card='table'] tr[data-mark='held']")).ToHaveCountAsync(10);
        await Expect(page.Locator("[data-card='table'] tbody tr:not([aria-hidden])").First).ToHaveAttributeAsync("data-mark", "held");
        Assert.Contains("brush=", page.Url, StringComparison.Ordinal);

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator("#hyper-selection")).ToContainTextAsync("10 runs selected");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Show only these" }).ClickAsync();
        await Expect(theirs.Page.Locator("#selector-count")).ToHaveTextAsync("10 of 30");

        await axis.FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("#hyper-selection")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(axis).ToHaveAttributeAsync("aria-valuetext", "adam to adam");
        await page.GoBackAsync();
        await Expect(page.Locator("#hyper-selection")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Cards_ChosenByHand_AreInTheAddressAndDrawn()
    {
        const string Project = "hyper/cards";
        await SweepAsync(Project, 25);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        foreach (var (card, on) in new[] { ("matrix", true), ("contour", true), ("importance", false) })
        {
            await page.Locator($"[name='card'][value='{card}']").SetCheckedAsync(on, new() { Force = true });
        }

        await Expect(page.Locator("[data-card='contour'] .contour-host")).ToHaveAttributeAsync("data-surface", "true");
        await Expect(page.Locator("[data-card='contour'] .analysis-notes")).ToContainTextAsync("inside the outline of the 25 runs that have all three values");
        await page.WaitForFunctionAsync("() => document.querySelector('.matrix-host').lossboardMatrix.state.axes.length === 4");
        await Expect(page.Locator("[data-card='importance']")).ToBeHiddenAsync();

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator("[data-card]:visible")).ToHaveCountAsync(4);
        var export = theirs.Page.Locator("[data-card='parallel'] summary");
        await export.ClickAsync();
        var download = await theirs.Page.RunAndWaitForDownloadAsync(() => theirs.Page.Locator("[data-card='parallel'] [data-export='svg']").ClickAsync());
        var svg = await File.ReadAllTextAsync(await download.PathAsync());
        // A line a run.
        Assert.True(Paths().Count(svg) >= 25, $"{Paths().Count(svg)} paths");
        Assert.Contains(">lr</text>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewRun_WhileOpen_JoinsByItself()
    {
        const string Project = "hyper/live";
        await SweepAsync(Project, 12);
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator("#hyper-notes")).ToHaveTextAsync("12 runs.");
        await Expect(watched.Page.Locator("#live-state")).ToHaveTextAsync("Live");

        await Server.PutRunAsync(Project, "late", "running", new { lr = .5 });
        await Server.PushAsync(Project, "late", "val/loss", [1], _ => 2);

        await Expect(watched.Page.Locator("#hyper-notes")).ToHaveTextAsync("13 runs.");
    }

    [Fact]
    public async Task Page_WithNothingToLearn_SaysSo()
    {
        await SweepAsync("hyper/flat", 12, _ => 1);
        await SweepAsync("hyper/nan", 12, _ => double.NaN);
        await Server.PushAsync("hyper/bare", "r", "loss", [1], _ => 1);

        await using (var flat = await OpenAsync("hyper/flat"))
            await Expect(flat.Page.Locator("[data-card='importance'] .empty-line")).ToHaveTextAsync("The metric is the same in every run: there is nothing to explain.");
        await using (var nan = await OpenAsync("hyper/nan"))
        {
            await Expect(nan.Page.Locator("[data-card='importance'] .empty-line")).ToContainTextAsync("0 runs have a finite value");
            await Expect(nan.Page.Locator("#hyper-notes")).ToHaveTextAsync("12 runs. 12 of them have no finite value of the metric.");
        }
        await using (var bare = await OpenAsync("hyper/bare"))
            await Expect(bare.Page.Locator("#hyper-no-config")).ToBeVisibleAsync();
        await using (var none = await OpenAsync("hyper/nothing"))
            await Expect(none.Page.Locator("#hyper-no-runs")).ToBeVisibleAsync();
    }

    private Task<WatchedPage> OpenAsync(string project, int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}hyperparameters?project={Uri.EscapeDataString(project)}", width, height);

    [GeneratedRegex("<path ")]
    private static partial Regex Paths();
}
