namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class ComputeDialogTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Landscape_FirstPress_AsksForTheTrainingPathOfTheNewestModel()
    {
        const string Project = "compute/first";
        await Server.PutModelRunAsync(Project, "older");
        var run = await Server.PutModelRunAsync(Project, "newest", 5, new { loss = "MSELoss", lr = 0.1 });
        await Server.PushAsync(Project, "without a model", "loss", [1], _ => 1);
        await using var probes = new StandInWorker(Server.Address, "probe").Answering(_ => Probe(secondsPerPoint: 0.004));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;

        await Expect(Field(page, "run", "select")).ToHaveValueAsync(run);
        await Expect(Field(page, "loss", "select")).ToHaveValueAsync("mse");
        await Expect(Field(page, "batch", "p.form-hint")).ToHaveTextAsync("100 samples");
        await Expect(Field(page, "checkpoints", "p.form-hint")).ToHaveTextAsync("5 of 5");
        // (51² + 5 checkpoints) × 4 ms on 100 samples, and 40 more in the second batch: 14.6 s.
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("About 15 s for 51 × 51 points on cpu. 1,234 parameters, 100 samples, loss 0.25.");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".compute-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator(".job")).ToHaveCountAsync(1);
        await using var worker = new StandInWorker(Server.Address, "landscape");
        var spec = (await worker.TakeAsync(Project)).Spec;
        Assert.Equal("pca", spec["directions"]!["kind"]!.GetValue<string>());
        Assert.Equal(5, spec["directions"]!["checkpoints"]!.AsArray().Count);
        Assert.Equal("train.safetensors", spec["batch"]!["name"]!.GetValue<string>());
        Assert.Equal("val.safetensors", spec["validation_batch"]!["name"]!.GetValue<string>());
        Assert.Equal("mse", spec["loss"]!.GetValue<string>());
        Assert.Equal(51, spec["y"]!["points"]!.GetValue<int>());
        Assert.Null(spec["x"]!["from"]);
    }

    [Fact]
    public async Task Probe_OfWhatDoesNotFit_SaysSoBeforeThePress()
    {
        const string Project = "compute/misfit";
        await Server.PutModelRunAsync(Project, "r");
        await using var probes = new StandInWorker(Server.Address, "probe").Answering(spec =>
            spec["loss"]!.GetValue<string>() == "hinge" ? throw new ArgumentException("The targets are 10 classes; hinge takes −1 and 1.") : Probe(0.001));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator(".compute-words")).ToContainTextAsync("1,234 parameters");

        await Field(page, "loss", "select").SelectOptionAsync("hinge");
        await Expect(page.Locator(".compute-words[data-state='refused']")).ToHaveTextAsync("They do not fit together: The targets are 10 classes; hinge takes −1 and 1.");
        await Field(page, "loss", "select").SelectOptionAsync("cross_entropy");
        await Expect(page.Locator(".compute-words[data-state='known']")).ToContainTextAsync("About 4 s for 51 × 51 points");
        // A probe is nobody's result.
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".compute-dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("#jobs-empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Faults_OfTheForm_LandAtTheirFields()
    {
        const string Project = "compute/faults";
        await Server.PutModelRunAsync(Project, "r", checkpoints: 2);
        await using var watched = await OpenAsync(Project);
        // The server refuses what is asked for on purpose.
        watched.MayBeRefused = true;
        var page = watched.Page;

        // Two checkpoints make no plane, so the directions are random.
        await Expect(page.Locator("[data-field='kind'] input:checked")).ToHaveValueAsync("random");
        await page.Locator("[data-field='kind'] label", new() { HasText = "To another model" }).ClickAsync();
        await page.Locator("[data-field='pointChoice'] label", new() { HasText = "Other" }).ClickAsync();
        await Field(page, "points", "input").FillAsync("20000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(Field(page, "to", ".field-error")).ToHaveTextAsync("Choose the model or the checkpoint at the other end.");
        await Expect(Field(page, "to", "select")).ToBeFocusedAsync();

        await Field(page, "to", "select").SelectOptionAsync(new SelectOptionValue { Label = "step-100.safetensors, step 100" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute" }).ClickAsync();
        await Expect(Field(page, "points", ".field-error")).Not.ToBeEmptyAsync();
        await Expect(Field(page, "points", "input")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator(".compute-dialog")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Directions_OfEachKind_AskForWhatTheyNeed()
    {
        const string Project = "compute/kinds";
        await Server.PutModelRunAsync(Project, "r");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("[data-field='kind'] input:checked")).ToHaveValueAsync("pca");
        await ExpectFieldsAsync(page, ["checkpoints"], ["seed", "normalize", "to", "givenX"]);

        await page.Locator("[data-field='kind'] label", new() { HasText = "Random" }).ClickAsync();
        await ExpectFieldsAsync(page, ["seed", "normalize", "biases", "orthogonal", "checkpoints"], ["to", "givenX"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Another seed" }).ClickAsync();
        await Expect(Field(page, "seed", "input")).Not.ToHaveValueAsync("0");
        await page.Locator("[data-field='dims'] label", new() { HasText = "Line" }).ClickAsync();
        await ExpectFieldsAsync(page, ["seed"], ["orthogonal"]);
        await page.Locator("[data-field='kind'] label", new() { HasText = "Given" }).ClickAsync();
        await ExpectFieldsAsync(page, ["givenX"], ["seed", "givenY"]);
        await page.Locator("[data-field='checkpoints'] select").SelectOptionAsync("every");
        await Expect(Field(page, "checkpoints", "p.form-hint")).ToHaveTextAsync("2 of 4");
        await page.Locator("[data-field='checkpoints'] select").SelectOptionAsync("range");
        await Field(page, "pickTo", "input").FillAsync("200");
        await Expect(Field(page, "checkpoints", "p.form-hint")).ToHaveTextAsync("3 of 4");
    }

    [Fact]
    public async Task Project_WithoutModels_ExplainsHowToPushThem()
    {
        const string Project = "compute/none";
        await Server.PushAsync(Project, "r", "loss", [1], _ => 1);
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator(".compute-none")).ToContainTextAsync("No run of this project has a model yet");
        await Expect(watched.Page.GetByRole(AriaRole.Dialog)).Not.ToContainTextAsync("null");
        await Expect(watched.Page.Locator(".compute-snippet code")).ToContainTextAsync("writer.add_model(model, example_inputs)");
        await Expect(watched.Page.GetByRole(AriaRole.Button, new() { Name = "Compute" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Workers_ThatCannotCompute_SayWhyAndWhatToDo()
    {
        await using var server = await LossboardServer.StartNewAsync();
        await server.PutModelRunAsync("p", "r");
        await using var watched = await browser.OpenAsync($"{server.Address}jobs?project=p");
        var page = watched.Page;
        await page.Locator(".jobs-head [data-new='landscape']").ClickAsync();
        await Expect(page.Locator(".compute-note")).ToContainTextAsync("No worker is connected.");
        await using var worker = new StandInWorker(server.Address) { Problem = "There is no libtorch here. Install it with: apt-get install libtorch1.13" };
        await worker.AppearAsync();
        await Expect(page.Locator(".compute-note")).ToContainTextAsync("apt-get install libtorch1.13");
    }

    private static object Probe(double secondsPerPoint) => new
    {
        parameters = 1234,
        samples = 100,
        has_accuracy = true,
        loss = 0.25,
        seconds_per_point = secondsPerPoint,
        seconds_per_product = 0.01,
        workers = 2,
        device = "cpu",
        engine = "stand-in 1.0",
    };

    private static ILocator Field(IPage page, string key, string control) => page.Locator($"[data-field='{key}'] {control}");

    private static async Task ExpectFieldsAsync(IPage page, string[] there, string[] away)
    {
        foreach (var key in there)
            await Expect(page.Locator($"[data-field='{key}']")).ToBeVisibleAsync();
        foreach (var key in away)
            await Expect(page.Locator($"[data-field='{key}']")).ToBeHiddenAsync();
    }

    private async Task<WatchedPage> OpenAsync(string project)
    {
        var watched = await browser.OpenAsync($"{Server.Address}jobs?project={Uri.EscapeDataString(project)}");
        await watched.Page.Locator(".jobs-head [data-new='landscape']").ClickAsync();
        return watched;
    }
}
