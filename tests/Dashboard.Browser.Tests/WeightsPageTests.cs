namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class WeightsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Loss_AgainstTheNormOfTheWeights_HasItsLine(int width, int height)
    {
        var project = FormattableString.Invariant($"weights/norm {width}");
        await PushNormsAsync(project, "one");
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        // loss = 5 − norm/2 at every step.
        await Expect(page.Locator("#against-title")).ToHaveTextAsync("train/loss against weights/norm");
        await Expect(page.Locator("#against-words")).ToContainTextAsync("slope −0.5 ± ");
        await Expect(page.Locator("#against-words")).ToContainTextAsync("R² = 1, n = 100.");
        await Expect(page.Locator("#against-figure")).ToHaveAttributeAsync("data-drawn", "100");
        // Coloured by the step: there is a scale beside the points.
        await Expect(page.Locator("#against-figure .cbtitle")).ToHaveTextAsync("Step");
        await page.Locator("[name='color'][value='run']").CheckAsync();
        await Expect(page.Locator("#against-figure .cbtitle")).ToHaveCountAsync(0);
        Assert.Contains("color=run", page.Url, StringComparison.Ordinal);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Loss_WithoutALoggedNorm_IsSetAgainstThatOfTheCheckpoints()
    {
        const string Project = "weights/checkpoints";
        await Server.ComputePathAsync(Project);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#against-title")).ToHaveTextAsync("train/loss against Norm of the checkpoints’ weights");
        await Expect(page.Locator("#against-notes")).ToContainTextAsync("4 checkpoints, of 1 run; each with the loss logged nearest to its step.");
        await Expect(page.Locator("#against-figure")).ToHaveAttributeAsync("data-drawn", "4");
        await Expect(page.Locator("#against-table tbody tr:not([aria-hidden])")).ToContainTextAsync("cnn");
    }

    [Fact]
    public async Task Project_WithoutNormsOrJobs_SaysHowToComeByThem()
    {
        const string Project = "weights/empty";
        await Server.PutModelRunAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#against-no-values .hint")).ToContainTextAsync("weights/norm");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Layers" }).ClickAsync();
        await Expect(page.Locator("#layers-no-data")).ToContainTextAsync("No histograms of weights");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#montecarlo-empty")).ToBeVisibleAsync();
        await page.Locator("#tab-path").ClickAsync();
        await page.Locator("#path-empty").GetByRole(AriaRole.Button, new() { Name = "New path" }).ClickAsync();
        await page.Locator("[data-field='checkpoints'] select").SelectOptionAsync("find");
        await page.Locator("[data-field='pickFind'] input").FillAsync("step-3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(page.Locator("[data-field='checkpoints'] .field-error")).ToHaveTextAsync("A path takes two checkpoints or more. Take more of them.");
        await page.Locator("[data-field='pickFind'] input").FillAsync("00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(page.Locator("#path-result h2")).ToHaveTextAsync("r: path of training");
        await using var worker = new StandInWorker(Server.Address, "weight_pca");
        var job = await worker.TakeAsync(Project);
        Assert.Equal(["step-100.safetensors", "step-200.safetensors", "step-300.safetensors"], job.Spec["checkpoints"]!.AsArray().Select(name => name!.GetValue<string>()));
        await job.FailAsync("The checkpoints hold different tensors.", "bad_input");
        await Expect(page.Locator("#path-result .job-banner")).ToContainTextAsync("The checkpoints hold different tensors.");
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Path_OfCheckpoints_IsDrawnBesideARandomWalk(int width, int height)
    {
        var project = FormattableString.Invariant($"weights/path {width}");
        await Server.ComputePathAsync(project);
        await using var watched = await OpenAsync(project, "&view=path", width, height);
        var page = watched.Page;
        await Expect(Card(page, "path").Locator(".analysis-words")).ToHaveTextAsync(
            "The 2 directions shown hold 100 % of the movement, the first alone 50 %. A random walk would hold 76 % in as many, so this path is straighter than chance. 2 clusters. Their number was asked for. Silhouette 0.6: the clusters lie clearly apart.");
        await Expect(Card(page, "path").Locator(".points path.point")).ToHaveCountAsync(4);
        await Expect(Card(page, "shares").Locator(".analysis-notes")).ToContainTextAsync("A random walk in many dimensions already explains 61 %");
        await Expect(Card(page, "movement").Locator(".analysis-words")).ToHaveTextAsync("The weights moved 6 in all and ended 2 from where they began: 33.3 % of a straight line.");
        // The run's loss at the checkpoint's step: exp(−100/300).
        await Expect(page.Locator(".weights-table tbody tr").Nth(1)).ToContainTextAsync("0.7165");
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));

        await Card(page, "path").GetByLabel("Colour").SelectOptionAsync("cluster");
        await Expect(page.Locator(".weights-legend li")).ToHaveTextAsync(["Cluster 1: 2 checkpoints, steps 0 to 100", "Cluster 2: 2 checkpoints, steps 200 to 300"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "step-200.safetensors" }).ClickAsync();
        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator(".weights-table tr[data-chosen]")).ToContainTextAsync("step-200.safetensors");
        await Expect(theirs.Page.Locator(".weights-legend li")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Path_InThreeDirections_IsACloudThatTurns()
    {
        const string Project = "weights/space";
        await Server.ComputePathAsync(Project, dims: 3, clusters: false);
        await using var watched = await OpenAsync(Project, "&view=path");
        var page = watched.Page;
        await page.WaitForFunctionAsync("() => document.querySelector('.weights-path')?.lossboardPoints?.stats().shown === 4");
        await Expect(Card(page, "path").Locator(".analysis-words")).ToContainTextAsync("Four checkpoints are too few to choose a number of clusters.");
        await page.Locator(".weights-path").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForFunctionAsync("() => new URLSearchParams(location.search).has('camera')");
        await Expect(Card(page, "path").GetByLabel("Same scale")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Export_OfThePath_IsAVectorImageAndATable()
    {
        const string Project = "weights/export";
        await Server.ComputePathAsync(Project);
        await using var watched = await OpenAsync(Project, "&view=path&embed=1");
        var page = watched.Page;
        // Within a report it stands alone, and can be saved all the same.
        await Expect(page.Locator("#path-jobs")).ToBeHiddenAsync();
        await Expect(Card(page, "path").Locator(".points path.point")).ToHaveCountAsync(4);
        await Expect(page.Locator(".weights-table tbody tr").Nth(1)).ToContainTextAsync("0.7165");
        async Task<string> SaveAsync(string format)
        {
            await Card(page, "path").Locator("summary").ClickAsync();
            var saved = await page.RunAndWaitForDownloadAsync(() => Card(page, "path").Locator($"[data-export='{format}']").ClickAsync());
            return await File.ReadAllTextAsync(await saved.PathAsync());
        }

        var rows = (await SaveAsync("csv")).Split('\n');
        Assert.Equal("checkpoint,step,x,y,loss,loss_step,norm,moved,residual,cluster", rows[0]);
        Assert.StartsWith("step-200.safetensors,200,1,1,0.513", rows[3], StringComparison.Ordinal);
        Assert.StartsWith("<svg", await SaveAsync("svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_WithHistogramsAndNorms_AreARowEach()
    {
        const string Project = "weights/layers";
        var run = await PushNormsAsync(Project, "one");
        await Server.PushAsync(Project, "one", "weights/conv/norm", Enumerable.Range(0, 10).Select(step => (long)step), step => step);
        await Server.PostAsync("api/v1/events", new
        {
            project = Project,
            run = "one",
            events = new[] { "weights/conv", "weights/fc", "gradients/conv" }.SelectMany(tag => Enumerable.Range(0, 3).Select(step => new { type = "histogram", tag, step, values = new[] { 0.1, 0.2, step } })),
        });
        await using var watched = await OpenAsync(Project, "&view=layers");
        var page = watched.Page;
        await Expect(page.Locator(".layer-row")).ToHaveCountAsync(2);
        await Expect(page.Locator(".layer-norm:visible .plot[data-drawn='1']")).ToHaveCountAsync(1);
        await DrawnAsync(page, run, "weights/fc", "model.steps.length === 3");
        await page.Locator("#layer").SelectOptionAsync("weights/conv");
        await Expect(page.Locator(".layer-row")).ToHaveCountAsync(1);
        await page.Locator("#mode").SelectOptionAsync("heat");
        await DrawnAsync(page, run, "weights/conv", "chart.options.mode === 'heat'");

        await using var theirs = await browser.OpenAsync(page.Url);
        await DrawnAsync(theirs.Page, run, "weights/conv", "chart.options.mode === 'heat' && model.steps.length === 3");
        await Expect(theirs.Page.Locator(".layer-row")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Samples_ThatCarryADistribution_AreDrawnWithIt(int width, int height)
    {
        var project = FormattableString.Invariant($"weights/samples {width}");
        await Server.ComputeSamplesAsync(project, fitted: true);
        await using var watched = await OpenAsync(project, "&view=montecarlo", width, height);
        var page = watched.Page;
        await Expect(page.Locator(".weights-words")).ToContainTextAsync("The mean loss of 40 samples, 1.195 ± 0.018 with its standard error, lies above the 0.9 at the centre");
        await Expect(page.Locator(".weights-words")).ToContainTextAsync("40 of 40 (100 %)");
        await Expect(page.Locator(".figures > div", new() { HasText = "Accuracy" })).ToContainTextAsync("70.5 %, centre 95 %");
        await Expect(Card(page, "trace").Locator(".weights-figure")).ToHaveAttributeAsync("data-drawn", "40");
        await Expect(Card(page, "accuracies")).ToBeVisibleAsync();
        // Two components, with one and two standard deviations each.
        await Expect(Card(page, "places").Locator(".weights-figure")).ToHaveAttributeAsync("data-outlines", "4");
        await Expect(Card(page, "places").Locator(".analysis-words")).ToContainTextAsync("A mixture of 2 normal distributions");
        await Card(page, "places").GetByRole(AriaRole.Switch, new() { Name = "Fitted distribution" }).UncheckAsync();
        await Expect(Card(page, "places").Locator(".weights-figure")).ToHaveAttributeAsync("data-outlines", "0");
        Assert.Contains("ellipses=0", page.Url, StringComparison.Ordinal);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Samples_ThatCarryNoDistribution_SayWhyInItsPlace()
    {
        const string Project = "weights/no fit";
        await Server.ComputeSamplesAsync(Project, fitted: false);
        await using var watched = await OpenAsync(Project, "&view=montecarlo&dots=weight");
        var page = watched.Page;
        await Expect(Card(page, "places").Locator(".analysis-warning")).ToHaveTextAsync("No distribution is drawn: 1.5 effective samples of 40 carry no distribution.");
        await Expect(Card(page, "places").Locator(".weights-figure")).ToHaveAttributeAsync("data-outlines", "0");
        await Expect(Card(page, "places").GetByLabel("Colour")).ToHaveValueAsync("weight");
        await Expect(Card(page, "places").GetByRole(AriaRole.Switch)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Samples_WhileTheyAreDrawn_FillThePage()
    {
        const string Project = "weights/live";
        await Server.PostSamplesAsync(Project, "sgld");
        await using var worker = new StandInWorker(Server.Address, "monte_carlo");
        await using var watched = await OpenAsync(Project, "&view=montecarlo");
        var page = watched.Page;
        await Expect(page.Locator("#montecarlo-result .status")).ToHaveTextAsync("Waiting");
        var job = await worker.TakeAsync(Project);
        await job.ReportAsync(0.25, "10 of 40 samples", parts: [WeightRuns.Part(0, 10)]);
        await Expect(page.Locator(".weights-words")).ToHaveTextAsync("10 samples so far, mean loss 1.045 ± 0.0096.");
        await Expect(Card(page, "trace").Locator(".analysis-notes")).ToContainTextAsync("A chain:");
        await job.ReportAsync(0.5, "20 of 40 samples", parts: [WeightRuns.Part(10, 10)]);
        await Expect(page.Locator(".weights-words")).ToContainTextAsync("20 samples so far");
        await Expect(Card(page, "places").Locator(".weights-figure")).ToHaveAttributeAsync("data-drawn", "20");
        await job.FinishAsync(WeightRuns.Samples(fitted: true));
        await Expect(page.Locator(".weights-words")).ToContainTextAsync("The mean loss of 40 samples");
    }

    [Fact]
    public async Task Dialog_OfSwag_TakesCheckpointsAndSaysWhatItIs()
    {
        const string Project = "weights/swag";
        await Server.PutModelRunAsync(Project, "r");
        await using var watched = await OpenAsync(Project, "&view=montecarlo");
        var page = watched.Page;
        await page.Locator("#montecarlo-empty").GetByRole(AriaRole.Button, new() { Name = "New Monte Carlo job" }).ClickAsync();
        await Expect(page.Locator("[data-field='stepSize']")).ToBeHiddenAsync();
        await page.Locator("[data-field='sampler'] label", new() { HasText = "SGLD" }).ClickAsync();
        await Expect(page.Locator("[data-field='stepSize']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-field='scale']")).ToBeHiddenAsync();
        await page.Locator("[data-field='sampler'] label", new() { HasText = "SWAG" }).ClickAsync();
        await Expect(page.Locator("[data-field='checkpoints'] p.form-hint")).ToHaveTextAsync("4 of 4");
        await page.Locator("[data-field='samples'] input").FillAsync("50");
        await page.Locator("[data-field='temperature'] input").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(page.Locator("#montecarlo-result h2")).ToHaveTextAsync("r: SWAG");
        await using var worker = new StandInWorker(Server.Address, "monte_carlo");
        var spec = (await worker.TakeAsync(Project)).Spec;
        Assert.Equal(4, spec["checkpoints"]!.AsArray().Count);
        Assert.Equal((50, 2.0), (spec["samples"]!.GetValue<int>(), spec["temperature"]!.GetValue<double>()));
    }

    private static ILocator Card(IPage page, string key) => page.Locator($"[data-card='{key}']");

    private async Task<string> PushNormsAsync(string project, string run)
    {
        var steps = Enumerable.Range(0, 100).Select(at => (long)at).ToArray();
        await Server.PushAsync(project, run, "weights/norm", steps, step => step / 10.0);
        return await Server.PushAsync(project, run, "train/loss", steps, step => 5 - (step / 20.0));
    }

    /// <summary>Waits until a condition over the histograms of a run and layer holds. In it: <c>chart</c> and <c>model</c>.</summary>
    private static Task DrawnAsync(IPage page, string run, string tag, string condition) => page.WaitForFunctionAsync($$"""
        ([run, tag]) => {
          const panel = [...document.querySelectorAll(`article[data-run='${run}']`)].find((one) => one.dataset.tag === tag)?.panel;
          const chart = panel?.plot.lossboardDistribution;
          const model = panel?.model;
          return Boolean(chart && model && ({{condition}}));
        }
        """, new[] { run, tag });

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}weights?project={Uri.EscapeDataString(project)}{more}", width, height);
}
