using static Dashboard.Browser.Tests.ProjectionPictures;
using static Dashboard.Browser.Tests.ProjectionRuns;

namespace Dashboard.Browser.Tests;

/// <summary>Projections while a worker computes them, and the dialog in which they are asked for.</summary>
[Collection(BrowserSuite.Name)]
public sealed class ProjectionsLiveTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Picture_Forming_MovesWithoutLosingTheCamera_ThenIsWhole()
    {
        const string Project = "projections/live";
        var run = await Server.PutEmbeddingAsync(Project);
        await using var worker = new StandInWorker(Server.Address, "projection");
        var id = await Server.PostProjectionAsync(Project, run, "forming");
        var job = await worker.TakeAsync(Project);
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await Expect(page.Locator(".job-banner .job-status")).ToHaveTextAsync("Running");
        await job.ReportAsync(0.25, "Laying out", 7, parts: [Frame(0, 250, Picture(degrees: 40))]);
        // What is known of the points is there before they have a place.
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 3");
        await Expect(page.Locator(".projection-forming")).ToHaveTextAsync("iteration 250 of 1,000");
        await Expect(page.Locator(".job-banner-words")).ToHaveTextAsync("about 7 s left · Laying out");
        await Expect(page.Locator(".category")).ToHaveCountAsync(3);
        await page.EvaluateAsync("() => { document.querySelector('.projection-plot canvas').dataset.kept = 'yes'; }");
        await page.Locator(".projection-plot").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.WaitForURLAsync(url => url.Contains("camera=", StringComparison.Ordinal));
        await job.ReportAsync(0.75, parts: [Frame(1, 500, Picture(degrees: 20)), Frame(2, 750, Picture(degrees: 10))]);
        await Expect(page.Locator(".projection-forming")).ToHaveTextAsync("iteration 750 of 1,000");
        await job.FinishAsync(Result(Picture()));
        await Expect(page.Locator(".projection-forming")).ToBeHiddenAsync();
        await PictureAsync(page, "model.columns.length === 4");
        await Expect(page.Locator("[data-key=trustworthiness]")).ToContainTextAsync("0.970");
        await Expect(page.Locator(".projection-plot canvas").First).ToHaveAttributeAsync("data-kept", "yes");
        Assert.Contains("camera=", page.Url, StringComparison.Ordinal);
        Assert.Contains($"job={id}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_Failed_SaysWhyAndTheWayOut()
    {
        const string Project = "projections/failed";
        var run = await Server.PutEmbeddingAsync(Project);
        await using var worker = new StandInWorker(Server.Address, "projection");
        var id = await Server.PostProjectionAsync(Project, run, "broken");
        var job = await worker.TakeAsync(Project);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&job={id}");
        var page = watched.Page;
        await job.FailAsync("row 3, column 1 is NaN.", "bad_input");
        await Expect(page.Locator(".job-banner-words")).ToHaveTextAsync("row 3, column 1 is NaN.");
        await Expect(page.Locator("#projection-board")).ToBeHiddenAsync();
        await page.Locator(".job-banner").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        var again = await worker.TakeAsync(Project);
        await again.FinishAsync(Result(Picture()));
        await PictureAsync(page, "stats.shown === 60");
    }

    [Fact]
    public async Task Server_Restarted_KeepsThePictureAndFollowsOn()
    {
        const string Project = "projections/restart";
        await using var server = await LossboardServer.StartNewAsync();
        var run = await server.PutEmbeddingAsync(Project);
        await server.ProjectAsync(Project, run, "clouds");
        await using var watched = await browser.OpenAsync($"{server.Address}projections?project={Uri.EscapeDataString(Project)}");
        watched.MayLoseServer = true;
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60");
        await server.KillAsync();
        await server.StartAsync();
        await server.ProjectAsync(Project, run, "after", dims: 3);
        await Expect(page.Locator(".job-item")).ToHaveCountAsync(2);
        await PictureAsync(page, "stats.shown === 60");
        await page.Locator(".job-item", new() { HasText = "after" }).ClickAsync();
        await PictureAsync(page, "stats.shown === 60 && points.getCamera().length === 6");
    }

    [Fact]
    public async Task Dialog_OfTheLastEmbedding_TellsWhatItIs_AndAsksForEveryStep()
    {
        const string Project = "projections/dialog";
        var run = await Server.PutEmbeddingAsync(Project, "net", 0, 100, 200);
        await using var watched = await browser.OpenAsync(Address(Project), mayBeRefused: true);
        var page = watched.Page;
        await page.Locator("#projections-empty [data-new]").ClickAsync();
        await Expect(page.Locator(".source-chosen")).ToContainTextAsync("penultimate");
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("60 vectors of 8 numbers. Known of each: label, score, id.");

        // What does not fit is said at its field before anybody presses.
        await Choose(page, "method", "tsne");
        await Field(page, "perplexity").FillAsync("0.2");
        await Expect(page.Locator("[data-field=perplexity] .field-error")).Not.ToBeEmptyAsync();
        await Field(page, "perplexity").FillAsync("5");
        await Expect(page.Locator(".compute-words[data-state=known]")).ToContainTextAsync("60 vectors");
        await Expect(page.Locator("[data-field=perplexity] .field-error")).ToBeEmptyAsync();
        await Field(page, "seed").FillAsync("7");
        await page.Locator("[data-field=step] select").SelectOptionAsync("all");
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("Makes 3 jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute", Exact = true }).ClickAsync();
        await Expect(page.Locator(".job-item")).ToHaveCountAsync(3);
        await using var worker = new StandInWorker(Server.Address, "projection");
        foreach (var step in new[] { 0, 100, 200 })
        {
            var job = await worker.TakeAsync(Project);
            Assert.Equal(step, job.Spec["embedding"]!["step"]!.GetValue<int>());
            Assert.Equal(run, job.Spec["embedding"]!["run_id"]!.GetValue<string>());
            Assert.Equal("tsne", job.Spec["method"]!.GetValue<string>());
            Assert.Equal(5, job.Spec["perplexity"]!.GetValue<double>());
            Assert.Equal(7, job.Spec["seed"]!.GetValue<int>());
            await job.FinishAsync(Result(Picture()));
        }

        // Asked for again as it was, it is there.
        await PictureAsync(page, "stats.shown === 60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask again…" }).ClickAsync();
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("Exactly this has been computed already.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.Locator(".compute-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".job-item")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task SourcePicker_Searched_ChoosesByKeyboard()
    {
        const string Project = "projections/sources";
        await Server.PutEmbeddingAsync(Project, "first");
        var second = await Server.PutEmbeddingAsync(Project, "second");
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.Locator("#projections-empty [data-new]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(page.Locator(".source-row")).ToHaveCountAsync(2);
        await page.GetByLabel("Find a run, a tag or a file").FillAsync("second");
        await Expect(page.Locator(".source-row")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".source-chosen")).ToContainTextAsync("second");
        await Choose(page, "method", "pca");
        await Choose(page, "dims", "3");
        await Expect(page.Locator(".compute-words[data-state=known]")).ToContainTextAsync("60 vectors");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute", Exact = true }).ClickAsync();
        await using var worker = new StandInWorker(Server.Address, "projection");
        var spec = (await worker.TakeAsync(Project)).Spec;
        Assert.Equal(second, spec["embedding"]!["run_id"]!.GetValue<string>());
        Assert.Equal("pca", spec["method"]!.GetValue<string>());
        Assert.Equal(3, spec["dims"]!.GetValue<int>());
    }

    [Fact]
    public async Task Dialog_OfAModelAndOfACheckpoint_AsksForWhatIsMissing()
    {
        const string Project = "projections/features";
        var run = await Server.PutModelRunAsync(Project, "cnn", checkpoints: 1);
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.Locator("#projections-empty [data-new]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await page.Locator(".source-row", new() { HasText = "step-0.safetensors" }).ClickAsync();
        await Expect(page.Locator(".compute-words")).ToHaveTextAsync("The file has several tensors: choose one.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-field=tensor] .field-error")).ToHaveTextAsync("Choose a tensor of the file.");

        // What a module gives out for the batch of training.
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await page.Locator(".source-row", new() { HasText = "model.pt" }).ClickAsync();
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("What the module gives out for the batch is computed first");
        await Field(page, "module").FillAsync("layers.2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute", Exact = true }).ClickAsync();
        await using var worker = new StandInWorker(Server.Address, "projection");
        var features = (await worker.TakeAsync(Project)).Spec["features"]!;
        Assert.Equal(run, features["model"]!["run_id"]!.GetValue<string>());
        Assert.Equal("train.safetensors", features["batch"]!["name"]!.GetValue<string>());
        Assert.Equal("layers.2", features["module"]!.GetValue<string>());
    }

    private static ILocator Field(IPage page, string key) => page.Locator($"[data-field={key}] input");

    private static Task Choose(IPage page, string key, string value) => page.Locator($"[data-field={key}] label[data-value='{value}']").ClickAsync();

    private string Address(string project) => $"{Server.Address}projections?project={Uri.EscapeDataString(project)}";
}
