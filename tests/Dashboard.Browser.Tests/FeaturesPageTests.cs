namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class FeaturesPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}features?project={Uri.EscapeDataString(project)}{more}", width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Saliency_OfImages_StandsBesideThem(int width, int height)
    {
        var project = FormattableString.Invariant($"features/images {width}");
        await Server.LookAsync(project, "saliency", FeatureRuns.Saliency());
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        await Expect(page.Locator(".saliency-tile")).ToHaveCountAsync(2);
        await Expect(page.Locator(".saliency-tile").First).ToContainTextAsync("Sample 4");
        await Expect(page.Locator(".saliency-tile").First).ToContainTextAsync("output 2: 3.5");
        await Expect(page.Locator(".saliency-tile[data-wrong=true]")).ToContainTextAsync("label 0");
        // Grey at full strength below, the scale's bright end where the map is largest, and a mark where it is no number.
        Assert.Equal("[6,6]", await page.EvaluateAsync<string>("() => { const one = document.querySelector('.saliency-tile canvas'); return JSON.stringify([one.width, one.height]); }"));
        Assert.True(await page.EvaluateAsync<bool>("() => { const [one, over] = document.querySelectorAll('.saliency-tile canvas'); const at = (canvas, x, y) => canvas.getContext('2d').getImageData(x, y, 1, 1).data; const [bright, dark] = [at(over, 5, 5), at(over, 0, 0)]; return at(one, 5, 5)[0] === 255 && bright[1] > bright[2] && dark[0] < 40; }"));
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Overlay_AndReading_AreInTheAddress()
    {
        const string Project = "features/address";
        await Server.LookAsync(Project, "saliency", FeatureRuns.Saliency());
        await using var mine = await OpenAsync(Project);
        await mine.Page.Locator("#saliency-overlay").FillAsync("20");
        await mine.Page.Locator("label:has([name=reading][value=table])").ClickAsync();
        await Expect(mine.Page.Locator("#saliency-bars .bars path").Last).ToBeVisibleAsync();

        await using var theirs = await browser.OpenAsync(mine.Page.Url);
        await Expect(theirs.Page.Locator("#features-saliency")).ToHaveAttributeAsync("data-as", "table");
        await theirs.Page.Locator("label:has([name=reading][value=image])").ClickAsync();
        await Expect(theirs.Page.Locator("#saliency-overlay-said")).ToHaveTextAsync("20 %");
    }

    [Fact]
    public async Task Saliency_OfRows_AreBarsOfEachSample()
    {
        const string Project = "features/rows";
        await Server.LookAsync(Project, "saliency", FeatureRuns.Rows());
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;

        await Expect(page.Locator("#saliency-bars .bars path")).ToHaveCountAsync(4);
        await Expect(page.Locator("#saliency-bars .ytick text").Last).ToHaveTextAsync("Feature 1");
        await page.Locator("#saliency-sample").SelectOptionAsync("1");
        await Expect(page.Locator("#saliency-bars .ytick text").Last).ToHaveTextAsync("Feature 0");
        await Expect(page.Locator("#saliency-sample option").First).ToContainTextAsync("predicted 1");
        Assert.Contains("sample=1", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activations_ShowMapsInPagesAndDeadUnits()
    {
        const string Project = "features/maps";
        await Server.LookAsync(Project, "activations", FeatureRuns.Activations());
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;

        await Expect(page.Locator("#activations-name")).ToHaveTextAsync("conv");
        await Expect(page.Locator(".features-map")).ToHaveCountAsync(48);
        await Expect(page.Locator(".features-map[data-dead]")).ToHaveTextAsync("1 · dead");
        await Expect(page.Locator("#activations-notes")).ToContainTextAsync("Unit 1 of 60 is zero for every sample");
        await page.Locator("#activations-after").ClickAsync();
        await Expect(page.Locator(".features-map")).ToHaveCountAsync(12);
        await Expect(page.Locator("#activations-page")).ToHaveTextAsync("49–60 of 60 channels");
        await Expect(page.Locator("[data-module=unused]")).ToContainTextAsync("never calls");
        await Expect(page.Locator("[data-module=head] [data-flag=non_finite]")).ToHaveTextAsync("2");

        await page.GetByRole(AriaRole.Button, new() { Name = "head", Exact = true }).ClickAsync();
        await Expect(page.Locator("#activations-units .bars path")).ToHaveCountAsync(3);
        await page.GoBackAsync();
        await Expect(page.Locator("#activations-page")).ToHaveTextAsync("49–60 of 60 channels");
    }

    [Fact]
    public async Task Gradients_MarkWhatIsWrong_AndOneIsChosenByALink()
    {
        const string Project = "features/gradients";
        await Server.LookAsync(Project, "gradients", FeatureRuns.Gradients());
        await using var watched = await OpenAsync(Project, "&parameter=head.weight");
        var page = watched.Page;

        await Expect(page.Locator("#gradients-words")).ToHaveTextAsync(
            "The whole gradient has norm 2 where the loss is 0.5 and the weights have norm 10. 2 parameters are marked: their gradients are not finite, or more than half zero.");
        await Expect(page.Locator("#gradients-name")).ToHaveTextAsync("head.weight");
        await Expect(page.Locator("[data-parameter='head.weight'] [data-flag=non_finite]")).ToHaveTextAsync("3");
        await Expect(page.Locator("[data-parameter='conv.bias'] [data-flag=dead]")).ToHaveTextAsync("100 %");
        await Expect(page.Locator("#gradients-histogram .bars path")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "conv.weight" }).ClickAsync();
        await Expect(page.Locator("#gradients-name")).ToHaveTextAsync("conv.weight");
    }

    [Fact]
    public async Task Exports_ArePicturesAndTables()
    {
        const string Project = "features/exports";
        await Server.LookAsync(Project, "saliency", FeatureRuns.Saliency());
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator(".saliency-tile")).ToHaveCountAsync(2);
        async Task<byte[]> SaveAsync(string format)
        {
            await page.Locator("#saliency-tools summary").ClickAsync();
            var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"#saliency-tools [data-export={format}]").ClickAsync());
            return await File.ReadAllBytesAsync(await download.PathAsync());
        }

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await SaveAsync("png"))[..4]);
        Assert.StartsWith("<svg", System.Text.Encoding.UTF8.GetString(await SaveAsync("svg")), StringComparison.Ordinal);
        var table = System.Text.Encoding.UTF8.GetString(await SaveAsync("csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("sample,target,predicted,dim_0,dim_1,dim_2,input,saliency", table[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(1 + 2 * 36, table.Length);
    }

    [Fact]
    public async Task Dialog_AsksForAJob_WhichIsFollowedToItsResult()
    {
        const string Project = "features/dialog";
        var run = await Server.PutModelRunAsync(Project, "cnn", checkpoints: 2);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#features-empty")).ToBeVisibleAsync();
        await page.Locator("#features-empty [data-new=activations]").ClickAsync();
        await Expect(page.Locator("#compute-loss")).ToBeHiddenAsync();
        await page.Locator("#compute-modules").FillAsync("conv, head");
        await page.Locator("#compute-samples").FillAsync("0, 5");
        await page.Locator(".compute-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#features-title")).ToHaveTextAsync("Activations of cnn");

        await using var worker = new StandInWorker(Server.Address, "activations");
        var job = await worker.TakeAsync(Project);
        Assert.Equal("""["conv","head"]""", job.Spec["modules"]!.ToJsonString());
        Assert.Equal(run, job.Spec["model"]!["run_id"]!.GetValue<string>());
        await job.FinishAsync(FeatureRuns.Activations());
        await Expect(page.Locator("#activations-rows tr")).ToHaveCountAsync(3);
        await page.Locator("#features-again").ClickAsync();
        await Expect(page.Locator("#compute-modules")).ToHaveValueAsync("conv, head");
    }

    [Fact]
    public async Task Faults_OfTheServer_StandAtTheirFields()
    {
        const string Project = "features/faults";
        await Server.PutModelRunAsync(Project, "cnn", checkpoints: 0);
        await using var watched = await OpenAsync(Project);
        // The server refuses what is asked for on purpose.
        watched.MayBeRefused = true;
        var page = watched.Page;
        await page.Locator(".features-new [data-new=saliency]").ClickAsync();
        await page.Locator("#compute-samples").FillAsync(string.Join(",", Enumerable.Range(0, 70)));
        await page.Locator(".compute-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#compute-samples-error")).ToContainTextAsync("From 1 to 64 samples");
    }

    [Fact]
    public async Task FailedJob_SaysWhy()
    {
        const string Project = "features/failed";
        var run = await Server.PutModelRunAsync(Project, "cnn", checkpoints: 0);
        var subject = new { model = new { run_id = run, name = "model.pt" }, batch = new { run_id = run, name = "train.safetensors" } };
        await Server.PostAsync("api/v1/jobs", new { kind = "activations", project = Project, name = "look", spec = subject });
        await using var worker = new StandInWorker(Server.Address, "activations");
        await (await worker.TakeAsync(Project)).FailAsync("modules: the model has no module 'nobody'; it has conv, head.", "bad_input");
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator("#features-status")).ToContainTextAsync("it has conv, head");
    }
}
