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
        await page.GetByLabel("Filter runs by name").FillAsync("x");
        var names = page.Locator("#runs-table tbody a");
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

    private string Address(string project) => $"{Server.Address}runs?project={Uri.EscapeDataString(project)}";

    [GeneratedRegex(@"nobody\\u0027s \\u0022project\\u0022")]
    private static partial Regex Escaped();
}
