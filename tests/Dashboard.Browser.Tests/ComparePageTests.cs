namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class ComparePageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Runs_SideBySide_ShowTheirDifferencesAgainstTheBaseline(int width, int height)
    {
        var (project, a, b) = await FillAsync($"compare/pair {width}");
        await using var watched = await browser.OpenAsync(Address(project, a, b), width, height);
        var page = watched.Page;
        var loss = Row(page, "val/loss", "last");
        await Expect(loss).ToContainTextAsync("0.5");
        await Expect(loss.Locator(".difference")).ToHaveTextAsync(["−50 %"]);
        await Expect(Row(page, "epochs")).ToBeVisibleAsync();
        await page.GetByLabel("Differences only").CheckAsync();
        await Expect(Row(page, "epochs")).ToHaveCountAsync(0);
        await Expect(Row(page, "optimizer.name")).ToContainTextAsync("sgd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make b the baseline" }).ClickAsync();
        await Expect(loss.Locator(".difference")).ToHaveTextAsync(["+100 %"]);
        await page.ReloadAsync();
        await Expect(loss.Locator(".difference")).ToHaveTextAsync(["+100 %"]);
        await Expect(page.GetByLabel("Differences only")).ToBeCheckedAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task Runs_TickedInTheTable_OpenSideBySide()
    {
        var (project, _, _) = await FillAsync("compare/from table");
        await using var watched = await browser.OpenAsync($"{Server.Address}runs?project={Uri.EscapeDataString(project)}");
        var page = watched.Page;
        await page.GetByLabel("Select a", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Select b", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare 2" }).ClickAsync();
        await Expect(page.Locator("#compare-count")).ToHaveTextAsync("2 runs");
    }

    [Fact]
    public async Task Link_WithADeletedRun_ComparesTheOthersAndSaysSo()
    {
        var (project, a, b) = await FillAsync("compare/gone");
        await using var watched = await browser.OpenAsync(Address(project, a, "deadbeefdeadbeef", b), mayBeRefused: true);
        await Expect(watched.Page.Locator("#compare-notes")).ToContainTextAsync("1 run of this link was deleted");
        await Expect(watched.Page.Locator("#compare-table thead th")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Csv_OfTheComparison_HoldsWholeValues()
    {
        var (project, a, b) = await FillAsync("compare-csv");
        await using var watched = await browser.OpenAsync($"{Address(project, a, b)}&diff=1&values=lr");
        await Expect(Row(watched.Page, "lr")).ToBeVisibleAsync();
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => watched.Page.Locator("#compare-csv").ClickAsync());
        Assert.Equal(["section,value,a,b", "Config,lr,0.1,0.123456789"], await File.ReadAllLinesAsync(await download.PathAsync()));
    }

    [Fact]
    public async Task None_Chosen_SaysHowToChoose()
    {
        var (project, _, _) = await FillAsync("compare/none");
        await using var watched = await browser.OpenAsync($"{Server.Address}compare?project={Uri.EscapeDataString(project)}&runs=none");
        await Expect(watched.Page.GetByRole(AriaRole.Heading, new() { Name = "No runs to compare" })).ToBeVisibleAsync();
    }

    private static ILocator Row(IPage page, string label, string? part = null) =>
        page.Locator("#compare-table tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = part is null ? label : $"{label} {part}", Exact = true }) });

    private async Task<(string Project, string A, string B)> FillAsync(string project)
    {
        var a = await Server.PushAsync(project, "a", "val/loss", [0, 1], _ => 1);
        var b = await Server.PushAsync(project, "b", "val/loss", [0, 1], _ => 0.5);
        await Server.PutRunAsync(project, "a", "finished", new { lr = 0.1, epochs = 5, optimizer = new { name = "adam" } });
        await Server.PutRunAsync(project, "b", "finished", new { lr = 0.123456789, epochs = 5, optimizer = new { name = "sgd" } });
        return (project, a, b);
    }

    private string Address(string project, params string[] runs) => $"{Server.Address}compare?project={Uri.EscapeDataString(project)}&runs={string.Join(',', runs)}";
}
