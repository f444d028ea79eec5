using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed partial class RunsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Runs_PushedWhileOpen_AppearAndChangeByThemselves()
    {
        const string Project = "runs/live";
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await Expect(page.Locator("#runs-empty")).ToBeVisibleAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");

        await Server.PushAsync(Project, "first", "train/loss", [0, 1], step => 1.0 / (step + 1));
        var row = page.GetByRole(AriaRole.Row, new() { Name = "first" });
        await Expect(row).ToContainTextAsync("Running");
        await Expect(row).ToContainTextAsync("0.5");

        await Server.PushAsync(Project, "first", "train/loss", [2, 3], _ => 0.125);
        await Expect(row).ToContainTextAsync("0.125");
        await Server.PutRunAsync(Project, "first", "finished");
        await Expect(row).ToContainTextAsync("Finished");
        await Expect(page.Locator("#runs-empty")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Runs_ServerRenderedFirst_ShowWithoutScripts()
    {
        const string Project = "runs/static";
        await Server.PushAsync(Project, "only", "loss", [1], _ => 1);
        var context = await browser.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address(Project));
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "only" })).ToContainTextAsync("Running");
        await context.DisposeAsync();
    }

    [Fact]
    public async Task Runs_ShiftSelected_OpenTheirScalars()
    {
        const string Project = "runs/select";
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await Server.PushAsync(Project, name, "loss", [0, 1], step => step);
        }

        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select d" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select b" }).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.Locator("#selection-count")).ToHaveTextAsync("3 selected");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open scalars of 3" }).ClickAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("3 of 4");
    }

    [Fact]
    public async Task Runs_Trashed_CanBeTakenBack()
    {
        const string Project = "runs/trash";
        await Server.PushAsync(Project, "keep", "loss", [0], _ => 1);
        await Server.PushAsync(Project, "drop", "loss", [0], _ => 1);
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select drop" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move to trash" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "drop" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "drop" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Runs_FilteredAndSorted_AreSoAgainAfterAReload()
    {
        const string Project = "runs/sort";
        foreach (var (name, loss) in new[] { ("x-1", 3.0), ("x-2", 1.0), ("y-3", 2.0), ("x-4", double.NaN) })
        {
            await Server.PushAsync(Project, name, "loss", [0], _ => loss);
        }

        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "loss" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "loss" }).ClickAsync();
        await page.GetByLabel("Filter runs: words or a query").FillAsync("x");
        var names = page.Locator("#runs-table tbody a.ellipsis");
        await Expect(names).ToHaveTextAsync(["x-2", "x-1", "x-4"]);
        await page.ReloadAsync();
        await Expect(names).ToHaveTextAsync(["x-2", "x-1", "x-4"]);
    }

    [Fact]
    public async Task Names_WithMarkup_AreTextEverywhere()
    {
        const string Markup = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        var run = await Server.PushAsync(Markup, Markup, Markup, [0, 1], step => step);
        await using var watched = await browser.OpenAsync(Address(Markup));
        var page = watched.Page;
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Markup }).First).ToBeVisibleAsync();
        await page.GotoAsync(Server.Address);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = Markup })).ToBeVisibleAsync();
        await page.GotoAsync($"{Server.Address}scalars?project={Uri.EscapeDataString(Markup)}");
        await watched.ChartAsync(Markup, run, "points.steps.length === 2");
        await Expect(page.Locator(".card-title").First).ToHaveTextAsync(Markup);
        await page.Locator(".plot .u-over").First.HoverAsync();
        await Expect(page.Locator(".chart-tip")).ToContainTextAsync(Markup);
        Assert.True(await page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Equal(0, await page.Locator("main img, .chart-tip img").CountAsync());
    }

    [Fact]
    public async Task Runs_LinkToProjectThatIsNotThere_OffersToPushToIt()
    {
        await using var watched = await browser.OpenAsync(Address("nobody's \"project\""));
        await Expect(watched.Page.Locator("#runs-empty")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator("#snippet-curl code")).ToContainTextAsync(Escaped());
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Run_OpenedByItsName_ShowsWhatItIsAndClosesWithBack(int width, int height)
    {
        var project = $"runs/details {width}";
        await Server.PushAsync(project, "first", "val/loss", [0, 1], step => 1.0 / (step + 1));
        await Server.PutRunAsync(project, "first", "finished", new { lr = 0.1, optimizer = new { name = "adam" }, environment = new { python = "3.12" } });
        await using var watched = await browser.OpenAsync(Address(project), width, height);
        var page = watched.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "first" }).ClickAsync();
        var details = page.Locator("#run-details");
        await Expect(details.GetByRole(AriaRole.Heading, new() { Name = "first" })).ToBeVisibleAsync();
        await Expect(details.Locator("[data-section=metrics] tbody")).ToContainTextAsync("val/loss");
        await Expect(details.Locator("[data-section=config]")).ToContainTextAsync("adam");
        await Expect(details.Locator("[data-section=config]")).Not.ToContainTextAsync("3.12");
        await Expect(details.Locator("[data-section=environment]")).ToContainTextAsync("3.12");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await page.GoBackAsync();
        await Expect(details).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Run_LinkToOneThatWasDeleted_SaysSo()
    {
        const string Project = "runs/deleted";
        await Server.PushAsync(Project, "left", "loss", [0], _ => 1);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&run=deadbeefdeadbeef", mayBeRefused: true);
        await Expect(watched.Page.Locator("#run-details")).ToContainTextAsync("This run is not here");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Back to the runs" }).ClickAsync();
        await Expect(watched.Page.Locator("#run-details")).ToBeHiddenAsync();
        await Expect(watched.Page.GetByRole(AriaRole.Link, new() { Name = "left" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Columns_ChosenMovedAndResized_AreSoAgainAfterAReload()
    {
        const string Project = "runs/columns";
        await Server.PushAsync(Project, "a", "val/loss", [0, 1, 2], step => step == 1 ? 0.25 : 0.5);
        await Server.PutRunAsync(Project, "a", "finished", new { lr = 0.125 });
        await using var watched = await browser.OpenAsync($"{Address(Project)}&cols=status");
        var page = watched.Page;
        await page.Locator("#columns-menu summary").ClickAsync();
        await page.GetByLabel("Find a column: config or metric").FillAsync("val/l");
        await page.Locator(".metric-item").GetByRole(AriaRole.Button, new() { Name = "min" }).ClickAsync();
        await page.GetByLabel("Find a column: config or metric").FillAsync("lr");
        await page.Locator(".column-found").GetByLabel("lr").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        var row = page.GetByRole(AriaRole.Row, new() { Name = "a" }).Last;
        await Expect(row).ToContainTextAsync("0.25");
        await Expect(row).ToContainTextAsync("0.125");
        var head = page.Locator("#runs-table thead th[data-value]");
        await page.Locator("thead th[data-value='config.lr'] button").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowLeft");
        await page.Keyboard.PressAsync("Alt+Shift+ArrowRight");
        await Expect(head).ToHaveTextAsync(["Name", "Status", "lr", "val/lossmin"]);
        var wide = (await page.Locator("thead th[data-value='config.lr']").BoundingBoxAsync())!.Width;
        await page.ReloadAsync();
        await Expect(head).ToHaveTextAsync(["Name", "Status", "lr", "val/lossmin"]);
        Assert.Equal(wide, (await page.Locator("thead th[data-value='config.lr']").BoundingBoxAsync())!.Width);
    }

    [Fact]
    public async Task Columns_TheSameForAllRows_CanBeHidden()
    {
        const string Project = "runs/differences";
        foreach (var (name, lr) in new[] { ("a", 0.1), ("b", 0.2) })
        {
            await Server.PutRunAsync(Project, name, "finished", new { lr, epochs = 5 });
        }

        await using var watched = await browser.OpenAsync($"{Address(Project)}&cols=status&cols=config.lr&cols=config.epochs&diff=1");
        await Expect(watched.Page.Locator("#runs-table thead th[data-value]")).ToHaveTextAsync(["Name", "lr"]);
        await Expect(watched.Page.Locator("#table-notes")).ToContainTextAsync("2 columns are the same");
    }

    [Fact]
    public async Task Groups_OfAConfigValue_ShowMeanAndErrorAndFold()
    {
        const string Project = "runs/groups";
        foreach (var (name, optimizer, loss) in new[] { ("a", "adam", 1.0), ("b", "adam", 3.0), ("c", "sgd", 5.0) })
        {
            await Server.PushAsync(Project, name, "loss", [0], _ => loss);
            await Server.PutRunAsync(Project, name, "finished", new { optimizer = new { name = optimizer } });
        }

        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.Locator("#group-menu summary").ClickAsync();
        await page.Locator("#group-panel").GetByRole(AriaRole.Button, new() { Name = "optimizer.name" }).ClickAsync();
        var adam = page.GetByRole(AriaRole.Row, new() { Name = "optimizer.name: adam" });
        // Values 1 and 3: mean 2, sample standard deviation √2, over √2.
        await Expect(adam).ToContainTextAsync("2.0 ± 1.0");
        await Expect(page.Locator("#table-notes")).ToContainTextAsync("mean ± standard error");
        await adam.Locator(".fold").ClickAsync();
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveTextAsync(["c"]);
        await page.ReloadAsync();
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveTextAsync(["c"]);
    }

    [Fact]
    public async Task Runs_SortedByALiveMetric_MoveAsItChanges()
    {
        const string Project = "runs/moving";
        await Server.PushAsync(Project, "a", "loss", [0], _ => 1);
        await Server.PushAsync(Project, "b", "loss", [0], _ => 2);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&sort={Uri.EscapeDataString("summary(\"loss\").last")}");
        var names = watched.Page.Locator("#runs-table tbody a.ellipsis");
        await Expect(names).ToHaveTextAsync(["a", "b"]);
        await Expect(watched.Page.Locator("#live-state")).ToHaveTextAsync("Live");
        await Server.PushAsync(Project, "b", "loss", [1], _ => 0.5);
        await Expect(names).ToHaveTextAsync(["b", "a"]);
    }

    [Fact]
    public async Task Keyboard_OverTheRows_WalksSelectsAndOpens()
    {
        const string Project = "runs/keyboard";
        foreach (var name in new[] { "a", "b", "c" })
        {
            await Server.PushAsync(Project, name, "loss", [0], _ => 1);
        }

        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.Locator("tr.run-line[tabindex='0']").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select b" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select a", Exact = true })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select c" })).Not.ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#run-details").GetByRole(AriaRole.Heading, new() { Name = "a", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#run-details")).ToBeHiddenAsync();
        await Expect(page.Locator("tr.run-line[tabindex='0']")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Eye_OfARun_DecidesWhatOtherPagesShow()
    {
        const string Project = "runs/eye";
        foreach (var name in new[] { "a", "b" })
        {
            await Server.PushAsync(Project, name, "loss", [0, 1], step => step);
        }

        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        var eye = page.GetByRole(AriaRole.Button, new() { Name = "Show b in charts" });
        await Expect(eye).ToHaveAttributeAsync("aria-pressed", "true");
        await eye.ClickAsync();
        await Expect(page.Locator("#shown-count")).ToHaveTextAsync("1 of 2 shown in charts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Scalars" }).ClickAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("1 of 2");
        await Expect(page.GetByLabel("Show b", new() { Exact = true })).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Runs_AThousandTrashedByMistake_AreCountedBeforeAndComeBack()
    {
        const string Project = "runs/many";
        const int Count = 1050;
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await Server.PutRunAsync(Project, $"run-{i:d4}", "finished"));
        await using var watched = await browser.OpenAsync($"{Address(Project)}&sort=name");
        var page = watched.Page;
        await Expect(page.Locator("#runs-table")).ToHaveAttributeAsync("aria-rowcount", "1051");
        Assert.InRange(await page.Locator("tr.run-line").CountAsync(), 10, 100);
        await page.EvaluateAsync("document.getElementById('runs-scroll').scrollTop = 1e7");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "run-1049" })).ToBeVisibleAsync();
        await page.GetByLabel("Select all listed runs").CheckAsync();
        await page.Locator("#trash-selected").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Move 1,050 runs to the trash?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move to trash" }).ClickAsync();
        await Expect(page.Locator("#toasts")).ToContainTextAsync("1,050 runs moved to the trash");
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator("#runs-count")).ToHaveTextAsync("1,050 runs");
    }

    [Fact]
    public async Task Run_InTheTrash_IsDeletedForGoodOnlyAfterTyping()
    {
        const string Project = "runs/for good";
        await Server.PushAsync(Project, "keep", "loss", [0], _ => 1);
        await Server.PushAsync(Project, "drop", "loss", [0], _ => 1);
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await page.GetByLabel("Select drop").CheckAsync();
        await page.Locator("#trash-selected").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Trash", Exact = true }).ClickAsync();
        await page.GetByLabel("Select drop").CheckAsync();
        await page.Locator("#delete-selected").ClickAsync();
        var go = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete for good" });
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("artifacts go with them");
        await Expect(go).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("1");
        await go.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The trash is empty" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_InTwoTabs_AsksWhichNoteStays()
    {
        const string Project = "runs/two tabs";
        await Server.PushAsync(Project, "shared", "loss", [0], _ => 1);
        await using var first = await browser.OpenAsync(Address(Project));
        await using var second = await browser.OpenAsync(Address(Project), mayBeRefused: true);
        foreach (var page in new[] { first.Page, second.Page })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "shared" }).ClickAsync();
            await page.Locator("#run-details").GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        }

        await first.Page.GetByLabel("Notes").FillAsync("theirs");
        await first.Page.GetByLabel("Tags").FillAsync("kept");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(first.Page.Locator("#run-details")).ToContainTextAsync("theirs");
        await second.Page.GetByLabel("Notes").FillAsync("mine");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var clash = second.Page.Locator(".clash");
        await Expect(clash).ToContainTextAsync("mine");
        await Expect(clash).ToContainTextAsync("theirs");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(first.Page.Locator("#run-details .notes-text")).ToHaveTextAsync("mine");
        await Expect(first.Page.Locator("#run-details .chip")).ToHaveTextAsync(["kept"]);
    }

    [Fact]
    public async Task Csv_OfTheTable_HoldsItsRowsAndColumns()
    {
        const string Project = "runs-csv";
        await Server.PutRunAsync(Project, "=1+1", "finished", new { lr = 0.001 });
        await using var watched = await browser.OpenAsync($"{Address(Project)}&cols=status&cols=config.lr");
        await Expect(watched.Page.Locator("tr.run-line")).ToHaveCountAsync(1);
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => watched.Page.Locator("#runs-csv").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("id,Name,Status,lr", lines[0]);
        Assert.EndsWith(",'=1+1,finished,0.001", lines[1], StringComparison.Ordinal);
    }

    private string Address(string project) => $"{Server.Address}runs?project={Uri.EscapeDataString(project)}";

    [GeneratedRegex(@"nobody\\u0027s \\u0022project\\u0022")]
    private static partial Regex Escaped();
}
