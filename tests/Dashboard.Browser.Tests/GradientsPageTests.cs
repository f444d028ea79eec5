namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class GradientsPageTests(BrowserFixture browser)
{
    private const int Looks = 60;
    private static readonly string[] Layers = ["zeta.weight", "mid.weight", "alpha.weight"];

    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Layers_OfAWatchedModel_AreDrawnInTheModelsOrderWithTheirMarks()
    {
        const string Project = "gradients/layers";
        await PushAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await MapAsync(page, "state.rows.map(row => row.name).join() === 'zeta.weight,mid.weight,alpha.weight' && state.rows[0].steps.length === 60");
        await MapAsync(page, "JSON.stringify(state.rows.map(row => row.marks)) === JSON.stringify([[{kind:'vanishing',from:40,to:59}],[{kind:'exploding',from:30,to:30}],[{kind:'non_finite',from:20,to:20},{kind:'dead',from:50,to:50}]])");
        await Expect(Card(page, "map").Locator(".analysis-words")).ToHaveTextAsync("The gradient of 1 layer vanishes beside the others: zeta.weight.");
        await Expect(Card(page, "map").Locator(".analysis-notes")).ToHaveTextAsync("× not finite · ▲ exploding · ○ no gradient · ▼ vanishing");
        await Expect(Card(page, "table").Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(Card(page, "table").Locator("tbody tr").First.Locator("td")).ToHaveTextAsync(["400", "1e−7", "0.001", "25 %", "7", "▼ vanishing", ""]);
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const canvas = document.querySelector('.gradient-map canvas');
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let coloured = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 24) coloured++;
              return coloured > 5000;
            }
            """), "The heat map is blank.");
    }

    [Fact]
    public async Task Angles_AgainstTheirNull_FollowTheLayerAndTheWindow()
    {
        const string Project = "gradients/angles";
        await PushAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        // Of the whole model every cosine is 0.5: 60°, the edge between two bins of 5°.
        await PolarAsync(page, "Math.abs(state.mean - 0.5) < 1e-9 && Math.abs(state.shares[11] + state.shares[12] - 1) < 1e-9 && Math.abs(state.expected.reduce((a, b) => a + b) - 1) < 1e-9");
        await Expect(Card(page, "angles").Locator(".analysis-words")).ToHaveTextAsync("Successive gradients agree more than chance: training keeps its direction. Mean cosine 0.5 ± 0 over 59 angles.");
        await page.Locator("#layer").SelectOptionAsync("mid.weight");
        await Expect(Card(page, "angles").Locator("h3")).ToContainTextAsync("mid.weight");
        // This layer's swing to and fro: −0.8 and, every tenth, 0.8.
        await Expect(Card(page, "angles").Locator(".analysis-words")).ToContainTextAsync("training swings to and fro");
        await Card(page, "angles").Locator("select").SelectOptionAsync("50");
        await Expect(Card(page, "angles")).ToHaveAttributeAsync("data-count", "50");
        await Card(page, "angles").Locator("input[type=range]").EvaluateAsync("slider => { slider.value = 8; slider.dispatchEvent(new Event('input')); }");
        await Expect(Card(page, "angles")).ToHaveAttributeAsync("data-count", "9");
        Assert.Contains("until=18", page.Url, StringComparison.Ordinal);
        Assert.Contains("angles=50", page.Url, StringComparison.Ordinal);
        Assert.Contains("layer=mid.weight", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(Card(page, "angles")).ToHaveAttributeAsync("data-count", "9");
    }

    [Fact]
    public async Task Points_WhileOpen_AppearByThemselves()
    {
        const string Project = "gradients/live";
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#gradients-no-runs")).ToBeVisibleAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await PushAsync(Project, "r");
        await MapAsync(page, "state.rows.length === 3 && state.rows[0].steps.length === 60");
        await PolarAsync(page, "Math.abs(state.mean - 0.5) < 1e-9");
        await Server.PostAsync("api/v1/events", new
        {
            project = Project,
            run = "r",
            events = new object[] { Scalars("gradients/zeta.weight/norm", [120, 122], _ => 3), Scalars("gradients/cosine", [120, 122], _ => -1) },
        });
        await MapAsync(page, "state.rows[0].steps.length === 62 && state.rows[0].values[61] === 3");
        await PolarAsync(page, "state.shares[35] > 0.03");
    }

    [Fact]
    public async Task Histograms_OfTheChosenLayer_LieOnTheSignedLogarithmicScale()
    {
        const string Project = "gradients/histograms";
        await PushAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(Card(page, "histograms")).ToHaveAttributeAsync("data-signed", "true");
        await page.WaitForFunctionAsync("() => { const chart = document.querySelector('.gradient-distribution').lossboardDistribution; return chart.drawings > 0 && chart.model.ticks && chart.model.range[0] < 0; }");
        await page.Locator("#layer").SelectOptionAsync("mid.weight");
        await Expect(Card(page, "histograms").Locator(".analysis-words")).ToHaveTextAsync("There are no histograms of this layer.");
        await Card(page, "histograms").Locator("select").First.SelectOptionAsync("weights");
        await Expect(Card(page, "histograms")).ToHaveAttributeAsync("data-signed", "false");
        await Card(page, "histograms").Locator("select").Nth(1).SelectOptionAsync("ridge");
        await page.WaitForFunctionAsync("() => document.querySelector('.gradient-distribution').lossboardDistribution.options.mode === 'ridge'");
        await Expect(Card(page, "histograms").Locator("h3")).ToHaveTextAsync("Histograms · mid.weight");
    }

    [Fact]
    public async Task TwoRuns_StandSideBySide_AndShareLayerAndZoom()
    {
        const string Project = "gradients/two";
        var first = await PushAsync(Project, "a");
        var second = await PushAsync(Project, "b");
        await using var watched = await browser.OpenAsync($"{Address(Project)}&run={first}&beside={second}&steps=20:60");
        var page = watched.Page;
        await page.WaitForFunctionAsync("() => { const maps = [...document.querySelectorAll('.gradient-map')].map(one => one.lossboardLayerMap?.state); return maps.length === 2 && maps.every(state => state?.rows[0]?.steps.length === 21); }");
        await Card(page, "table").First.GetByRole(AriaRole.Button, new() { Name = "mid.weight" }).ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.gradient-map')].every(one => one.lossboardLayerMap.state.chosen === 'mid.weight')");
        await page.Locator("#gradients-reset").ClickAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.gradient-map')].every(one => one.lossboardLayerMap.state.rows[0].steps.length === 60)");
        await page.Locator("#run-second").SelectOptionAsync("");
        await Expect(page.Locator(".gradient-pane")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Expect(page.Locator(".gradient-pane")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Gradients_LoggedByHand_AreReadAndMarkedAsAbout()
    {
        const string Project = "gradients/hand";
        await Server.PostAsync("api/v1/events", new
        {
            project = Project,
            run = "r",
            events = new object[]
            {
                Scalars("train/grad_norm", [0, 10, 20], step => 1 + step),
                new { type = "histogram", tag = "grads/conv1", step = 0, edges = new[] { 2.999, 3.001, 3.999, 4.001 }, counts = new[] { 1, 0, 1 } },
                new { type = "histogram", tag = "grads/conv2", step = 0, edges = new[] { -1.0, 0, 1 }, counts = new[] { 3, 3 } },
            },
        });
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await MapAsync(page, "state.rows.map(row => row.name).join() === 'conv1,conv2' && Math.abs(state.rows[0].values[0] - 5) < 0.01");
        await Expect(Card(page, "map").Locator(".analysis-notes")).ToContainTextAsync("≈ norms made from histograms");
        await Expect(Card(page, "norms")).ToHaveAttributeAsync("data-curves", "3");
        await Expect(Card(page, "angles")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task ARunWithoutGradients_IsPassedOver_AndAProjectWithoutSaysHowToLogThem()
    {
        const string Project = "gradients/none";
        await Server.PushAsync(Project, "plain", "train/loss", [0, 1], step => step);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#gradients-no-data")).ToContainTextAsync("run.watch(model)");
        await PushAsync(Project, "older");
        await Server.PushAsync(Project, "newer", "train/loss", [0, 1], step => step);
        await page.ReloadAsync();
        await Expect(page.Locator(".gradient-run")).ToHaveTextAsync("older");
        await MapAsync(page, "state.rows.length === 3");
    }

    [Fact]
    public async Task Exports_HoldWhatIsDrawn()
    {
        const string Project = "gradients/export";
        await PushAsync(Project, "=r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await MapAsync(page, "state.rows.length === 3");
        var csv = await File.ReadAllLinesAsync(await SavedAsync(page, "map", "csv"));
        Assert.Equal("layer,size,step,norm,non_finite,state", csv[0]);
        Assert.Equal(1 + 3 * Looks, csv.Length);
        Assert.Contains("mid.weight,400,60,500,0,exploding", csv);
        var svg = await File.ReadAllTextAsync(await SavedAsync(page, "map", "svg"));
        Assert.Contains(">▼</text>", svg, StringComparison.Ordinal);
        Assert.Contains("=r Gradient norms, layer by layer", svg, StringComparison.Ordinal);
        svg = await File.ReadAllTextAsync(await SavedAsync(page, "angles", "svg"));
        Assert.Contains("stroke-dasharray", svg, StringComparison.Ordinal);
        var png = await File.ReadAllBytesAsync(await SavedAsync(page, "norms", "png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    [Fact]
    public async Task Page_OnAPhone_FitsAndWorksByKeyboard()
    {
        const string Project = "gradients/phone";
        await PushAsync(Project, "a run of a long name that never ends and goes on and on and on and on");
        await using var watched = await browser.OpenAsync(Address(Project), width: 390, height: 844);
        var page = watched.Page;
        await MapAsync(page, "state.rows.length === 3");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.split-main').scrollWidth <= innerWidth"), "The page is wider than the phone.");
        await page.Locator(".gradient-scroll").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Card(page, "map").Locator("[aria-live]")).ToContainTextAsync("zeta.weight · Step 116. Norm 1e−7");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("layer=mid.weight", page.Url, StringComparison.Ordinal);
        await page.Locator("#layer-filter").FillAsync("(");
        await Expect(page.Locator("#layer-filter-error")).ToContainTextAsync("Not a regular expression");
        await page.Locator("#layer-filter").FillAsync("^alpha");
        await MapAsync(page, "state.rows.length === 1 && state.rows[0].name === 'alpha.weight'");
    }

    private static ILocator Card(IPage page, string key) => page.Locator($"[data-card='{key}']");

    private static Task MapAsync(IPage page, string condition) => page.WaitForFunctionAsync(
        $$"""() => { const state = document.querySelector('.gradient-map')?.lossboardLayerMap?.state; return Boolean(state && ({{condition}})); }""");

    private static Task PolarAsync(IPage page, string condition) => page.WaitForFunctionAsync(
        $$"""() => { const state = document.querySelector('.gradient-polar')?.lossboardPolar?.state; return Boolean(state && state.shares.length && ({{condition}})); }""");

    private static async Task<string> SavedAsync(IPage page, string card, string kind)
    {
        await Card(page, card).Locator("summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => Card(page, card).Locator($"[data-export={kind}]").ClickAsync());
        return await download.PathAsync();
    }

    private static object Scalars(string tag, long[] steps, Func<long, object> value) => new { type = "scalars", tag, steps, values = steps.Select(value).ToArray() };

    /// <summary>Three layers, the last logged first by name: one vanishes from look 40 on, one explodes at look 30, one is NaN at 20 and zero at 50.</summary>
    private async Task<string> PushAsync(string project, string run)
    {
        var steps = Enumerable.Range(0, Looks).Select(look => 2L * look).ToArray();
        var cosines = steps[1..];
        var events = new List<object>
        {
            Scalars("gradients/norm", steps, _ => 2), Scalars("gradients/cosine", cosines, _ => 0.5), Scalars("gradients/size", [0], _ => 1200),
            Scalars("gradients/mid.weight/cosine", cosines, step => step % 20 == 0 ? 0.8 : -0.8),
            Scalars("gradients/zeta.weight/norm", steps, step => step >= 80 ? 1e-7 : 1), Scalars("gradients/mid.weight/norm", steps, step => step == 60 ? 500 : 1.5),
            Scalars("gradients/alpha.weight/norm", steps, step => step == 40 ? "NaN" : step == 100 ? 0 : 1),
        };
        for (var at = 0; at < Layers.Length; at++)
        {
            var root = $"gradients/{Layers[at]}";
            var position = at;
            events.AddRange([
                Scalars($"{root}/position", [0], _ => position), Scalars($"{root}/size", [0], _ => 400), Scalars($"{root}/zeros", steps, _ => 0.25),
                Scalars($"{root}/non_finite", steps, step => position == 2 && step == 40 ? 5 : 0), Scalars($"{root}/update_ratio", steps, _ => 1e-3), Scalars($"weights/{Layers[at]}/norm", steps, _ => 7)]);
        }

        double[] edges = [-1e-3, -Math.Pow(10, -3.25), -Math.Pow(10, -3.5)];
        events.Add(new { type = "histogram", tag = "gradients/zeta.weight", step = 0, edges, counts = new[] { 30, 10 } });
        events.Add(new { type = "histogram", tag = "weights/mid.weight", step = 0, edges = new[] { -1.0, 0, 1 }, counts = new[] { 5, 7 } });
        return (await Server.PostAsync("api/v1/events", new { project, run, events }))["run_id"]!.GetValue<string>();
    }

    private Task<WatchedPage> OpenAsync(string project) => browser.OpenAsync(Address(project));

    private string Address(string project) => $"{Server.Address}gradients?project={Uri.EscapeDataString(project)}";
}
