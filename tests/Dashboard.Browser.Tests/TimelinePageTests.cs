namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class TimelinePageTests(BrowserFixture browser)
{
    private const double Start = 1_790_000_000;

    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task ARun_Logged_ShowsPhasesSpeedScheduleLossesAndMachine(int width, int height, ColorScheme scheme)
    {
        var project = FormattableString.Invariant($"timeline/whole {width}");
        await LogAsync(project, "run <b>");
        await using var watched = await browser.OpenAsync($"{Server.Address}timeline?project={Uri.EscapeDataString(project)}", width, height, scheme);
        var page = watched.Page;

        await Expect(page.Locator("#timeline-progress tr")).ToContainTextAsync("399 of 800 (49.9 %)");
        await Expect(page.Locator("#timeline-progress [data-cell='rate']")).ToHaveTextAsync("2 steps/s");
        await Expect(page.Locator("#timeline-phases-note")).ToContainTextAsync("4 phases.");
        var blocks = await page.EvaluateAsync<int[]>("() => document.getElementById('timeline-lanes').lossboardTimeline.blocks");
        Assert.Equal([1, 2, 1], blocks);
        // loading 10, training 2 × 90 of which evaluation has 20, nothing 10 of 200 seconds.
        await Expect(page.Locator("#timeline-shares-figure")).ToHaveAttributeAsync("data-drawn", "4");
        var shares = await page.EvaluateAsync<double[]>("() => document.getElementById('timeline-shares-figure').lossboardFigure.traces.map((trace) => Math.round(trace.x[0] * 1000) / 1000)");
        Assert.Equal([0.05, 0.8, 0.1, 0.05], shares);
        await Expect(page.Locator("#timeline-courses li").First).ToContainTextAsync("0.1, × 0.5 every 100 steps");
        await Expect(page.Locator("#timeline-courses li").Last).ToContainTextAsync("from “StepLR” in the configuration");
        // As logged, recognised and planned.
        await Expect(page.Locator("#timeline-schedule-figure")).ToHaveAttributeAsync("data-drawn", "3");
        await Expect(page.Locator("#timeline-losses-note")).ToContainTextAsync("data 0.75 (75 %) · l2 0.25 (25 %)");
        await Expect(page.Locator("#timeline-measures tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#timeline-system-bytes-figure")).ToHaveAttributeAsync("data-drawn", "1");
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Phases_ZoomedByKeysAndButtons_AreInTheAddress()
    {
        const string Project = "timeline/zoom";
        await LogAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var canvas = page.Locator("#timeline-lanes canvas");
        await Expect(canvas).ToBeVisibleAsync();
        await Expect(page.Locator("[data-zoom='all']")).ToBeDisabledAsync();
        await canvas.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("window=40(%2C|,)160"));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("window=58(%2C|,)178"));
        await page.Locator("[data-zoom='all']").ClickAsync();
        await Expect(page.Locator("[data-zoom='all']")).ToBeDisabledAsync();
        Assert.DoesNotContain("window=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoRuns_ShareTheirTimes_AndAPickMovesTheFocus()
    {
        const string Project = "timeline/two";
        await LogAsync(Project, "first");
        await LogAsync(Project, "second");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#timeline-progress tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#timeline-phases-title bdi")).ToHaveTextAsync("second");
        Assert.Equal(2, await page.EvaluateAsync<int>("() => document.getElementById('timeline-shares-figure').lossboardFigure.traces[0].x.length"));
        await page.GetByRole(AriaRole.Button, new() { Name = "first", Exact = true }).ClickAsync();
        await Expect(page.Locator("#timeline-phases-title bdi")).ToHaveTextAsync("first");
        Assert.Contains("of=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Losses_AsShares_AreDrawnAnewAndStayInTheAddress()
    {
        const string Project = "timeline/losses";
        await LogAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#timeline-losses-figure")).ToHaveAttributeAsync("data-drawn", "3");
        await page.Locator("[name='losses'][value='share']").CheckAsync(new() { Force = true });
        await Expect(page.Locator("#timeline-losses-figure")).ToHaveAttributeAsync("data-drawn", "2");
        await page.ReloadAsync();
        await Expect(page.Locator("[name='losses'][value='share']")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task ARun_ThatGoesOn_IsShownAsItDoes()
    {
        const string Project = "timeline/live";
        await LogAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#timeline-progress tr")).ToContainTextAsync("399 of 800");
        await Server.PushAsync(Project, "r", "train/loss", [599], _ => 0.5);
        await Expect(page.Locator("#timeline-progress tr")).ToContainTextAsync("599 of 800", new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task ARunWithoutAnything_SaysHowToLogIt()
    {
        const string Project = "timeline/empty";
        await Server.PutRunAsync(Project, "r", "running");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#timeline-phases-empty")).ToContainTextAsync("with run.phase(\"training\")");
        await Expect(page.Locator("#timeline-losses-empty")).ToContainTextAsync("run.log_loss(step");
        await Expect(page.Locator("#timeline-schedule-empty")).ToContainTextAsync("No learning rate was logged.");
        await Expect(page.Locator("#timeline-progress [data-cell='left']")).ToHaveTextAsync("unknown: nothing was logged");
    }

    private async Task LogAsync(string project, string run)
    {
        await Server.PutRunAsync(project, run, "running", new { lr = 0.1, epochs = 8, steps_per_epoch = 100, scheduler = new { name = "StepLR", step_size = 1, gamma = 0.5 } });
        object Curve(string tag, Func<long, double> value) => new
        {
            type = "scalars",
            tag,
            steps = Enumerable.Range(0, 400).ToArray(),
            values = Enumerable.Range(0, 400).Select(step => value(step)).ToArray(),
            wall_times = Enumerable.Range(0, 400).Select(step => Start + (step * 0.5)).ToArray(),
        };
        object Phase(string name, double from, double to) => new { type = "phase", name, started = Start + from, ended = Start + to };
        await Server.PostAsync("api/v1/events", new
        {
            project,
            run,
            events = new[]
            {
                Curve("train/loss", _ => 1), Curve("train/loss/data", _ => 0.75), Curve("train/loss/l2", _ => 0.25), Curve("train/lr", step => 0.1 * Math.Pow(0.5, step / 100)),
                Curve("system/cpu_percent", step => step % 100), Curve("system/process_memory_bytes", _ => 1 << 30),
                Phase("loading", 0, 10), Phase("training", 10, 100), Phase("training", 110, 200), Phase("evaluation", 80, 100),
            },
        });
    }

    private Task<WatchedPage> OpenAsync(string project) => browser.OpenAsync($"{Server.Address}timeline?project={Uri.EscapeDataString(project)}");
}
