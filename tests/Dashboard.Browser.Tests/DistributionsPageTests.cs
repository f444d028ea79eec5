using System.Text.Json;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class DistributionsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task EveryView_OfTwoRuns_DrawsAndTellsItsCells()
    {
        const string Project = "distributions/views";
        var first = await PushAsync(Project, "a", "w/conv", Enumerable.Range(0, 4).Select(step => Histogram(step * 10, step)));
        await PushAsync(Project, "b", "w/conv", Enumerable.Range(0, 4).Select(step => Histogram(step * 10, 1)));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await DrawnAsync(page, first, "model.steps.length === 4 && model.total === 4");
        await Expect(page.Locator("article")).ToHaveCountAsync(2);

        foreach (var mode in new[] { "ridge", "overlay", "heat", "bands" })
        {
            await page.Locator("#mode").SelectOptionAsync(mode);
            await DrawnAsync(page, first, $"chart.options.mode === '{mode}'");
            Assert.True(await ColouredAsync(page, first), $"The view {mode} is blank.");
            await page.Locator($"article[data-run='{first}'] .distribution-plot").HoverAsync();
            await Expect(page.Locator(".line-tip-head")).ToContainTextAsync("Step ");
        }

        await page.Locator("#mode").SelectOptionAsync("pair");
        // Three steps on, everything lies three to the right: the distance is three, and nothing is left in common.
        await Expect(page.Locator($"article[data-run='{first}'] .panel-note")).ToHaveTextAsync(
            "From step 0 (dashed) to step 30: a value moves by 3 on average (Wasserstein); the cumulative shares differ by at most 100 % (Kolmogorov–Smirnov)");
        Assert.True(await ColouredAsync(page, first));
        await page.Locator("#step-first").EvaluateAsync("slider => { slider.value = 2; slider.dispatchEvent(new Event('input')); }");
        await Expect(page.Locator($"article[data-run='{first}'] .panel-note")).ToContainTextAsync("From step 20 (dashed) to step 30: a value moves by 1");
        Assert.Contains("first=20", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TenThousandSteps_AreThinned_AndAZoomFetchesItsWindow()
    {
        const string Project = "distributions/long";
        var run = await PushAsync(Project, "r", "w", Enumerable.Range(0, 10_000).Select(step => Histogram(step, step / 5000.0)));
        await using var watched = await browser.OpenAsync($"{Address(Project)}&mode=heat");
        var page = watched.Page;
        await DrawnAsync(page, run, "model.steps.length === 50 && model.total === 10000 && model.steps[0] === 0 && model.steps[49] === 9999");
        await Expect(page.Locator("article .panel-note")).ToHaveTextAsync("50 of 10 000 steps drawn, evenly chosen");

        var box = (await page.Locator("article .distribution-plot").BoundingBoxAsync())!;
        var asked = page.WaitForRequestAsync(request => request.Url.EndsWith("/api/v1/histograms/query", StringComparison.Ordinal));
        await page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + 60, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        var body = JsonDocument.Parse((await asked).PostData!).RootElement;
        var (from, to) = (body.GetProperty("from_step").GetInt64(), body.GetProperty("to_step").GetInt64());
        Assert.InRange(to - from, 500, 2_000);
        await DrawnAsync(page, run, $"model.total === {to - from + 1} && model.steps[0] === {from} && model.steps.at(-1) === {to}");
        await page.GoBackAsync();
        await DrawnAsync(page, run, "model.total === 10000");
    }

    [Fact]
    public async Task NewHistograms_WhileOpen_AppearByThemselves()
    {
        const string Project = "distributions/live";
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#distributions-no-runs")).ToBeVisibleAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        var run = await PushAsync(Project, "r", "w", [Histogram(1, 0)]);
        await DrawnAsync(page, run, "model.steps.length === 1");
        await PushAsync(Project, "r", "w", [Histogram(2, 0)]);
        await DrawnAsync(page, run, "model.steps.length === 2");
        await PushAsync(Project, "r", "grads/new", [Histogram(2, 0)]);
        await Expect(page.Locator("article[data-tag='grads/new']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OddHistograms_AreToldAndNeverInvented()
    {
        const string Project = "distributions/odd";
        var nothing = await PushAsync(Project, "nothing", "w", [new { type = "histogram", tag = "", step = 0, values = new object[] { "NaN", "Infinity" } }]);
        var some = await PushAsync(Project, "some", "w", [new { type = "histogram", tag = "", step = 0, values = new object[] { 5, 5, "NaN" } }]);
        await Server.PushAsync(Project, "other", "loss", [1], step => step);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await DrawnAsync(page, some, "model.nonFiniteTotal === 1 && model.grid(64).rows[0].mass === 2");
        await Expect(page.Locator($"article[data-run='{some}'] .panel-note")).ToHaveTextAsync("1 value is NaN or infinite and in no bin");
        await Expect(page.Locator($"article[data-run='{nothing}'] .panel-message")).ToHaveTextAsync("Every value here is NaN or infinite");
        await Expect(page.Locator(".row-note")).ToHaveTextAsync("1 shown run has none");
        await page.Locator("#tag-filter").FillAsync("(");
        await Expect(page.Locator("#tag-filter-error")).ToContainTextAsync("Not a regular expression");
        await page.Locator("#tag-filter").FillAsync("none");
        await Expect(page.Locator("#distributions-no-match")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TwelveCards_OfFiftySteps_AreDrawnInTime()
    {
        const string Project = "distributions/speed";
        for (var run = 0; run < 12; run++)
            await PushAsync(Project, $"r{run}", "w", Enumerable.Range(0, 50).Select(step => Wide(step, step / 50.0)));
        await using var watched = await browser.OpenAsync(Address(Project), width: 1440, height: 2000);
        var page = watched.Page;
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.distribution-plot')].filter(plot => plot.lossboardDistribution?.drawings > 0).length === 12");
        foreach (var mode in new[] { "ridge", "heat", "bands", "pair" })
        {
            await page.Locator("#mode").SelectOptionAsync(mode);
            await page.WaitForFunctionAsync("mode => [...document.querySelectorAll('.distribution-plot')].every(plot => plot.lossboardDistribution.options.mode === mode)", mode);
            // Models are made anew, so that binning counts as well. The best of three: other suites share the machine.
            var took = await page.EvaluateAsync<double>("""
                () => Math.min(...[1, 2, 3].map(() => {
                  const begun = performance.now();
                  for (const card of document.querySelectorAll('article')) {
                    const { model } = card.panel;
                    model.window = [model.extent[0], model.extent[1] + Math.random() * 1e-9];
                    card.querySelector('.distribution-plot').lossboardDistribution.flush();
                  }
                  return performance.now() - begun;
                }))
                """);
            Assert.True(took < 300, $"{mode}: {took:0} ms for 12 cards of 50 steps.");
        }
    }

    [Fact]
    public async Task Exports_HoldWhatIsDrawn()
    {
        const string Project = "distributions/export";
        await PushAsync(Project, "=r", "w", [Histogram(3, 0), Histogram(4, 1)]);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await page.WaitForFunctionAsync("() => document.querySelector('.distribution-plot')?.lossboardDistribution?.drawings > 0");
        var csv = await File.ReadAllLinesAsync(await SavedAsync(page, "CSV of the drawn steps"));
        Assert.Equal("run,step,wall_time,from,to,count", csv[0]);
        Assert.Equal(5, csv.Length);
        Assert.StartsWith("'=r,3,", csv[1], StringComparison.Ordinal);
        Assert.EndsWith(",0,0.5,30", csv[1], StringComparison.Ordinal);
        var svg = await File.ReadAllTextAsync(await SavedAsync(page, "SVG vector image"));
        Assert.Contains("<polygon", svg, StringComparison.Ordinal);
        Assert.Contains("w =r", svg, StringComparison.Ordinal);
        var png = await File.ReadAllBytesAsync(await SavedAsync(page, "PNG image"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    [Fact]
    public async Task Page_OnAPhone_FitsAndWorksByKeyboard()
    {
        const string Project = "distributions/phone";
        var run = await PushAsync(Project, "a run of a long name that never ends and goes on and on", "w", [Histogram(0, 0), Histogram(10, 1)]);
        await using var watched = await browser.OpenAsync(Address(Project), width: 390, height: 844);
        var page = watched.Page;
        await DrawnAsync(page, run, "model.steps.length === 2");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.split-main').scrollWidth <= innerWidth"), "The page is wider than the phone.");
        var card = page.Locator("article");
        await card.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(card.Locator("[aria-live]")).ToContainTextAsync("Step 10");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(card.Locator("[aria-live]")).ToContainTextAsync("Step 0");
        await page.Keyboard.PressAsync("Enter");
        await Expect(card).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("\\bfullscreen\\b"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(card).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("\\bfullscreen\\b"));
    }

    private static object Histogram(int step, double shift) => new { type = "histogram", tag = "", step, edges = new[] { shift, shift + 0.5, shift + 1 }, counts = new[] { 30, 10 } };

    private static object Wide(int step, double shift) => new
    {
        type = "histogram",
        tag = "",
        step,
        edges = Enumerable.Range(0, 65).Select(i => i / 64.0 + shift).ToArray(),
        counts = Enumerable.Range(0, 64).Select(i => 1000 - Math.Abs(32 - i) * 30).ToArray(),
    };

    private async Task<string> PushAsync(string project, string run, string tag, IEnumerable<object> events)
    {
        var tagged = events.Select(one =>
        {
            var node = JsonSerializer.SerializeToNode(one)!.AsObject();
            node["tag"] = tag;
            return node;
        });
        return (await Server.PostAsync("api/v1/events", new { project, run, events = tagged }))["run_id"]!.GetValue<string>();
    }

    /// <summary>Waits until a condition over the chart of a run holds. In it: <c>chart</c> and <c>model</c>.</summary>
    private static Task DrawnAsync(IPage page, string run, string condition) => page.WaitForFunctionAsync($$"""
        (run) => {
          const chart = document.querySelector(`article[data-run='${run}'] .distribution-plot`)?.lossboardDistribution;
          const model = chart?.model;
          return Boolean(model && chart.drawings > 0 && ({{condition}}));
        }
        """, run);

    /// <summary>True where a good part of the chart is in a colour and not grey.</summary>
    private static async Task<bool> ColouredAsync(IPage page, string run)
    {
        await page.EvaluateAsync("run => document.querySelector(`article[data-run='${run}'] .distribution-plot`).lossboardDistribution.flush()", run);
        return await page.EvaluateAsync<bool>("""
            (run) => {
              const canvas = document.querySelector(`article[data-run='${run}'] canvas`);
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let coloured = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 24) coloured++;
              return coloured > 300;
            }
            """, run);
    }

    private static async Task<string> SavedAsync(IPage page, string item)
    {
        await page.Locator("article").HoverAsync();
        await page.Locator("article summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = item }).ClickAsync());
        return await download.PathAsync();
    }

    private Task<WatchedPage> OpenAsync(string project) => browser.OpenAsync(Address(project));

    private string Address(string project) => $"{Server.Address}distributions?project={Uri.EscapeDataString(project)}";
}
