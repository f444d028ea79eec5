namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class CheckpointsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Checkpoints_Saved_ShowBestLastAndWhatMoved(int width, int height, ColorScheme scheme)
    {
        var project = FormattableString.Invariant($"checkpoints/whole {width}");
        await SaveAsync(project, 4);
        await using var watched = await browser.OpenAsync($"{Server.Address}checkpoints?project={Uri.EscapeDataString(project)}", width, height, scheme);
        var page = watched.Page;

        await Expect(page.Locator("#checkpoints-rows tr")).ToHaveCountAsync(4);
        await Expect(page.Locator("#checkpoints-head .checkpoint-head").First).ToContainTextAsync("10.safetensors");
        await Expect(page.Locator("#checkpoints-head .checkpoint-head").Last).ToContainTextAsync("30.safetensors");
        await Expect(page.Locator("#checkpoints-note")).ToContainTextAsync("Best by val/loss: lower is better, going by its name.");
        // Weights (3, 4) move to (3 + 3, 4) over the whole training: 3 of 5.
        await Expect(page.Locator("#checkpoints-difference-words")).ToContainTextAsync("‖Δ‖ = 3, 60 % of their norm");
        await Expect(page.Locator("#checkpoints-tensors tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#checkpoints-restore")).ToContainTextAsync("model.load_state_dict(safetensors.load(\"10.safetensors\"))");
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task AnotherMetric_ChangesTheBest_AndStaysInTheAddress()
    {
        const string Project = "checkpoints/metric";
        await SaveAsync(Project, 3);
        await using var watched = await OpenAsync(Project, "&metric=val/acc");
        var page = watched.Page;
        await Expect(page.Locator("#checkpoints-note")).ToContainTextAsync("Best by val/acc: higher is better, going by its name.");
        await Expect(page.Locator("#checkpoints-head .checkpoint-head").First).ToContainTextAsync("20.safetensors");
        await page.Locator("#checkpoints-goal").SelectOptionAsync("min");
        await Expect(page.Locator("#checkpoints-head .checkpoint-head").First).ToContainTextAsync("0.safetensors");
        Assert.Contains("goal=min", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_AsksFirst_AndAGuardedOneStays()
    {
        const string Project = "checkpoints/delete";
        await SaveAsync(Project, 4);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#checkpoints-rows tr")).ToHaveCountAsync(4);
        // The newest is the last: it says why it stays.
        await page.Locator("#checkpoints-rows tr").First.Locator("[data-act='remove']").ClickAsync(new() { Force = true });
        await Expect(page.Locator("#toasts")).ToContainTextAsync("It stays: the last of its run.");
        // The second is loose.
        await page.Locator("#checkpoints-rows tr").Nth(1).Locator("[data-act='remove']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Locator("#checkpoints-rows tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#checkpoints-rows")).Not.ToContainTextAsync("20.safetensors");
    }

    [Fact]
    public async Task Retention_IsTriedBeforeItIsSaved()
    {
        const string Project = "checkpoints/retention";
        var thrown = await Server.PushAsync(Project, "thrown", "val/loss", [1], _ => 1);
        await Server.DeleteAsync($"api/v1/runs/{thrown}");
        await Server.PutArtifactAsync(await Server.PushAsync(Project, "r", "val/loss", [0], _ => 2), "notes.txt", "file", [1, 2]);
        await SaveAsync(Project, 5);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await page.Locator("#retention summary").ClickAsync();
        await Expect(page.Locator("#retention-said")).ToHaveTextAsync("Nothing would go; 5 checkpoints stay.");
        await page.Locator("#rule-last").FillAsync("2");
        // The best is not among the last two, and stays all the same.
        await Expect(page.Locator("#retention-said")).ToContainTextAsync("2 checkpoints would go");
        await Expect(page.Locator("#retention-said")).ToContainTextAsync("1 of those stays only because it is the last, the best, or kept by hand.");
        await page.Locator("#rule-last").FillAsync("0");
        await Expect(page.Locator("#rule-last")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("#rule-last").FillAsync("2");
        // What else the rules do to a project is said beside it.
        await page.Locator("#rule-trash").FillAsync("0");
        await page.Locator("#rule-artifact-file").FillAsync("0");
        await Expect(page.Locator("#retention-said")).ToContainTextAsync("1 run is removed from the trash for good");
        await Expect(page.Locator("#retention-said")).ToContainTextAsync("1 other artifact is deleted");
        await Expect(page.Locator("#retention-rows tr").First).ToContainTextAsync("Removed for good");
        await page.Locator("#rule-enabled").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save rules" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply", Exact = true }).ClickAsync();
        await Expect(page.Locator("#checkpoints-rows tr")).ToHaveCountAsync(3, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Keep_IsShownAndGuards()
    {
        const string Project = "checkpoints/keep";
        await SaveAsync(Project, 3);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var row = page.Locator("#checkpoints-rows tr").Last;
        await row.Locator("[data-act='keep']").ClickAsync();
        await Expect(row.Locator("[data-flag='kept']")).ToBeVisibleAsync();
        await Expect(row.Locator("[data-act='remove']")).ToHaveAttributeAsync("title", "It stays: kept by hand.");
    }

    [Fact]
    public async Task AsOf_BeforeAnything_SaysSoAndLeadsBack()
    {
        const string Project = "checkpoints/then";
        await SaveAsync(Project, 2);
        await using var watched = await OpenAsync(Project, "&as_of=1000");
        var page = watched.Page;
        await Expect(page.Locator("#checkpoints-none-then")).ToBeVisibleAsync();
        await page.Locator("#checkpoints-now-too").ClickAsync();
        await Expect(page.Locator("#checkpoints-rows tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task ARunWithoutCheckpoints_SaysHowToSaveThem()
    {
        const string Project = "checkpoints/empty";
        await Server.PutRunAsync(Project, "r", "running");
        await using var watched = await OpenAsync(Project, "");
        await Expect(watched.Page.Locator("#checkpoints-none")).ToContainTextAsync("run.log_checkpoint(model, step");
    }

    // Checkpoints every ten steps: the loss is lowest at step 10, the accuracy rises.
    private async Task SaveAsync(string project, int count)
    {
        var steps = Enumerable.Range(0, count).Select(at => (long)at * 10).ToArray();
        var run = await Server.PushAsync(project, "r", "val/loss", steps, step => Math.Abs(step - 10) + 1);
        await Server.PushAsync(project, "r", "val/acc", steps, step => step / 100.0);
        foreach (var step in steps)
            await Server.PutArtifactAsync(run, FormattableString.Invariant($"checkpoints/{step}.safetensors"), "checkpoint", Weights(3 + (step / 10f), 4), step);
    }

    private static byte[] Weights(params float[] values)
    {
        var header = System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"w\":{{\"dtype\":\"F32\",\"shape\":[{values.Length}],\"data_offsets\":[0,{values.Length * 4}]}}}}"));
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. values.SelectMany(BitConverter.GetBytes)];
    }

    private Task<WatchedPage> OpenAsync(string project, string more = "") => browser.OpenAsync($"{Server.Address}checkpoints?project={Uri.EscapeDataString(project)}{more}");
}
