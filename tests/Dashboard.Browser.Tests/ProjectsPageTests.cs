using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed partial class ProjectsPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Projects_EmptyServer_ShowsHowToPushAndThenTheProject()
    {
        await using var server = await LossboardServer.StartNewAsync();
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Push your first metric" })).ToBeVisibleAsync();
        await Expect(page.Locator("#snippet-curl code")).ToContainTextAsync(server.Address + "api/v1/events");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Python" }).ClickAsync();
        await Expect(page.Locator("#snippet-python code")).ToContainTextAsync("SummaryWriter");
        await Expect(page.Locator("#snippet-curl")).ToBeHiddenAsync();

        await server.PushAsync("first/project", "run", "loss", [1], _ => 0.5);

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "first/project" })).ToBeVisibleAsync();
        await Expect(page.Locator("#projects-empty")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "first/project" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(RunsAddress());
    }

    [Fact]
    public async Task Address_Unknown_ShowsTheDesignedPageWithStatus404()
    {
        var context = await browser.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(browser.Server.Address + "no/such/page");
        Assert.Equal(404, answer!.Status);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such page" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All projects", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Projects" })).ToBeVisibleAsync();
        await context.DisposeAsync();
    }

    [Fact]
    public async Task Theme_Toggled_ChangesAndIsRemembered()
    {
        await using var watched = await browser.OpenAsync(browser.Server.Address);
        var page = watched.Page;
        var before = await Background(page);
        var toggle = page.Locator("#theme-toggle");
        await toggle.ClickAsync();
        await toggle.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await Background(page);
        Assert.NotEqual(before, dark);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal(dark, await Background(page));
    }

    private static Task<string> Background(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    [GeneratedRegex(@"/runs\?project=first%2Fproject$")]
    private static partial Regex RunsAddress();
}
