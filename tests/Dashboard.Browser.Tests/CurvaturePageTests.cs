namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class CurvaturePageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Result_OfASaddle_IsDrawnAndNamed(int width, int height)
    {
        var project = FormattableString.Invariant($"curvature/saddle {width}");
        await ComputeAsync(project, Result("saddle"));
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        await Expect(page.Locator("#curvature-words")).ToHaveTextAsync(
            "A saddle: the gradient vanishes (norm 1e−6), and the loss bends upwards in some directions (up to 4) and downwards in others (down to −1).");
        await Expect(page.Locator("#curvature-figures > div", new() { HasText = "Trace" })).ToContainTextAsync("10 ± 0.5");
        await Expect(page.Locator("#curvature-figures > div", new() { HasText = "Condition number" })).ToContainTextAsync("4");
        await Expect(page.Locator("#curvature-stems")).ToHaveAttributeAsync("data-drawn", "3");
        await Expect(page.Locator("#curvature-stems .points path.point")).ToHaveCountAsync(3);
        await Expect(page.Locator("#curvature-density")).ToHaveAttributeAsync("data-drawn", "61");
        await Expect(page.Locator("#curvature-training-card")).ToBeHiddenAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Slope_IsNotCalledAMinimum()
    {
        const string Project = "curvature/slope";
        await ComputeAsync(Project, new
        {
            top = new[] { new { value = 4.0, residual = 1e-6 } },
            bottom = new[] { new { value = 0.5, residual = 1e-6 } },
            loss = 0.7,
            gradient_norm = 0.9,
            shape = "slope",
            converged = true,
            products = 30,
        });
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator("#curvature-words")).ToHaveTextAsync(
            "A slope: the gradient does not vanish (norm 0.9), so this is neither a minimum nor a saddle, and only its curvature can be named. It bends upwards in every direction, from 0.5 to 4.");
    }

    [Fact]
    public async Task Checkpoints_AreCurves_AndOneIsChosenByALink()
    {
        const string Project = "curvature/training";
        var points = Enumerable.Range(0, 4).Select(at => new
        {
            name = FormattableString.Invariant($"step-{at * 100}.safetensors"),
            step = at * 100,
            top = new[] { new { value = 10.0 - at, residual = 0.01 } },
            bottom = new[] { new { value = -1.0, residual = 0.01 } },
            trace = new { value = 20.0 + at, standard_error = 1.0 },
            loss = 2.0 - (at * 0.5),
            gradient_norm = 0.4,
            sharpness = 0.02,
            shape = "slope",
        }).ToArray();
        await ComputeAsync(Project, Result("minimum", points));
        await using var mine = await OpenAsync(Project);
        var page = mine.Page;
        await Expect(page.Locator("#curvature-training")).ToHaveAttributeAsync("data-drawn", "4");
        await Expect(page.Locator("#curvature-points tr")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "step-200.safetensors" }).ClickAsync();
        await Expect(page.Locator("#curvature-where")).ToHaveTextAsync("At step-200.safetensors, step 200");
        await page.Locator("#log-y").CheckAsync();

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator("#curvature-where")).ToHaveTextAsync("At step-200.safetensors, step 200");
        await Expect(theirs.Page.Locator("#curvature-figures > div", new() { HasText = "Largest eigenvalue" })).ToContainTextAsync("8 ± 0.01");
        await Expect(theirs.Page.Locator("#log-y")).ToBeCheckedAsync();
        await Expect(theirs.Page.Locator("#curvature-points tr[data-chosen]")).ToContainTextAsync("step-200");
        await theirs.Page.Locator("#curvature-model").ClickAsync();
        await Expect(theirs.Page.Locator("#curvature-where")).ToHaveTextAsync("At the model’s weights");
    }

    [Fact]
    public async Task Export_OfAPicture_IsAVectorImageAndATable()
    {
        const string Project = "curvature/export";
        await ComputeAsync(Project, Result("minimum"));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#curvature-stems .points path.point")).ToHaveCountAsync(3);
        async Task<string> SaveAsync(string format)
        {
            await page.Locator("#curvature-stems-tools summary").ClickAsync();
            var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator($"#curvature-stems-tools [data-export='{format}']").ClickAsync());
            return await File.ReadAllTextAsync(await saved.PathAsync());
        }

        var rows = (await SaveAsync("csv")).Split('\n');
        Assert.Equal("point,step,eigenvalue,value,residual", rows[0]);
        Assert.Equal("model,,λ₁,4,0.000001", rows[1]);
        Assert.Equal(4, rows.Count(row => row.Length > 0));
        Assert.StartsWith("<svg", await SaveAsync("svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatRunsAndFails_SaysHowItStands()
    {
        const string Project = "curvature/failed";
        await PostAsync(Project);
        await using var worker = new StandInWorker(Server.Address, "hessian");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#curvature-status .status")).ToHaveTextAsync("Waiting");
        var job = await worker.TakeAsync(Project);
        await job.ReportAsync(0.5, "30 of 60 products", 90);
        await Expect(page.Locator("#curvature-status .job-banner-words")).ToHaveTextAsync("about 90 s left · 30 of 60 products");
        await job.FailAsync("The loss is NaN at the model's weights.", "bad_input");
        await Expect(page.Locator("#curvature-status")).ToContainTextAsync("The loss is NaN at the model's weights.");
        await page.Locator("#curvature-again").ClickAsync();
        await Expect(page.Locator("[data-field='top'] input")).ToHaveValueAsync("2");
    }

    [Fact]
    public async Task Project_WithoutCurvature_OffersToComputeIt()
    {
        const string Project = "curvature/empty";
        await Server.PutModelRunAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        await watched.Page.Locator("#curvature-empty").GetByRole(AriaRole.Button, new() { Name = "New curvature" }).ClickAsync();
        await Expect(watched.Page.Locator("[data-field='top'] input")).ToHaveValueAsync("5");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(watched.Page.Locator("#curvature-title")).ToHaveTextAsync("r: curvature");
    }

    private static object Result(string shape, object? checkpoints = null) => new
    {
        top = new[] { new { value = 4.0, residual = 1e-6 }, new { value = 2.0, residual = 1e-6 } },
        bottom = new[] { new { value = -1.0, residual = 1e-6 } },
        trace = new { value = 10.0, standard_error = 0.5 },
        loss = 0.1,
        gradient_norm = 1e-6,
        sharpness = 0.01,
        box_sharpness = 2.5,
        condition_number = 4.0,
        shape,
        density = new { x = Enumerable.Range(-20, 61).Select(at => at / 10.0), y = Enumerable.Range(-20, 61).Select(at => Math.Exp(-at * at / 50.0)) },
        checkpoints,
        converged = true,
        products = 120,
        parameters = 1234,
        samples = 100,
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 1.5,
    };

    private async Task ComputeAsync(string project, object result)
    {
        await PostAsync(project);
        await using var worker = new StandInWorker(Server.Address, "hessian");
        await (await worker.TakeAsync(project)).FinishAsync(result);
    }

    private async Task PostAsync(string project)
    {
        var run = await Server.PutModelRunAsync(project, "cnn");
        var spec = new { model = new { run_id = run, name = "model.pt" }, batch = new { run_id = run, name = "train.safetensors" }, loss = "cross_entropy", top = 2, bottom = 1 };
        await Server.PostAsync("api/v1/jobs", new { kind = "hessian", project, name = "my curvature", spec });
    }

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}curvature?project={Uri.EscapeDataString(project)}{more}", width, height);
}
