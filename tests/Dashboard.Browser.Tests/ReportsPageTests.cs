using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class ReportsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Report_WrittenArrangedAndReloaded_IsAsItWasLeft(int width, int height)
    {
        var project = $"reports/write-{width}";
        var run = await Server.PushAsync(project, "r", "train/loss", [1, 2, 3], step => 1.0 / step);
        await using var watched = await browser.OpenAsync(At(project), width, height);
        var page = watched.Page;
        await Expect(page.Locator("#reports-empty")).ToBeVisibleAsync();
        await page.Locator("#report-new").ClickAsync();
        await page.Locator("#report-name").FillAsync("Weekly <i>look</i>");
        await page.Locator("#report-add-page").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Address of a page" }).FillAsync($"{Server.Address}scalars?project={Uri.EscapeDataString(project)}&card=train%2Floss");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.Locator("#report-add-note").ClickAsync();
        await page.Locator(".block-note textarea").FillAsync("# Findings\n\nThe loss **falls**. <script>alert(1)</script>");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move up" }).Last.ClickAsync();
        await Expect(page.Locator("#report-state")).ToHaveTextAsync("Saved");
        await page.ReloadAsync();
        await Expect(page.Locator("#report-name")).ToHaveTextAsync("Weekly <i>look</i>");
        await Expect(page.Locator(".block").First.Locator("h2")).ToHaveTextAsync("Findings");
        await Expect(page.Locator(".block").First.Locator("strong")).ToHaveTextAsync("falls");
        var chart = page.FrameLocator(".block iframe").Locator("article[data-tag='train/loss'] canvas");
        await Expect(chart.First).ToBeVisibleAsync();
        Assert.NotEmpty(run);
    }

    [Fact]
    public async Task View_AddedFromItsPage_IsInTheReport()
    {
        const string Project = "reports/add";
        await Server.PushAsync(Project, "r", "loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync($"{Server.Address}scalars?project={Uri.EscapeDataString(Project)}&logy=1");
        var page = watched.Page;
        await page.Locator("#views-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to a report" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name of a new report" }).FillAsync("Mine");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await Expect(page.Locator("#report-name")).ToHaveTextAsync("Mine");
        await Expect(page.Locator(".block iframe")).ToHaveAttributeAsync("src", new Regex("logy=1.*embed=1"));
    }

    [Fact]
    public async Task Report_ChangedInAnotherTab_IsNotOverwrittenUnasked()
    {
        const string Project = "reports/tabs";
        await Server.PushAsync(Project, "r", "loss", [1, 2], step => step);
        var report = await Server.PostAsync("api/v1/views", new { project = Project, kind = "report", name = "Shared", body = new { blocks = Array.Empty<object>() } });
        var address = $"{At(Project)}&report={report["id"]!.GetValue<string>()}";
        await using var mine = await browser.OpenAsync(address);
        await using var theirs = await browser.OpenAsync(address);
        mine.MayBeRefused = true;
        await Expect(mine.Page.Locator("#report-name")).ToHaveTextAsync("Shared");
        await theirs.Page.Locator("#report-name").FillAsync("Theirs");
        await Expect(theirs.Page.Locator("#report-state")).ToHaveTextAsync("Saved");
        await mine.Page.Locator("#report-name").FillAsync("Mine");
        await Expect(mine.Page.Locator("#page-banner")).ToContainTextAsync("Someone else changed this report");
        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(mine.Page.Locator("#report-state")).ToHaveTextAsync("Saved");
        await theirs.Page.ReloadAsync();
        await Expect(theirs.Page.Locator("#report-name")).ToHaveTextAsync("Mine");
    }

    [Fact]
    public async Task Export_AReport_IsOneFileThatOpensWithoutTheServer()
    {
        const string Project = "reports/export";
        await Server.PushAsync(Project, "a run & <b>more</b>", "train/loss", Enumerable.Range(0, 50).Select(step => (long)step), step => Math.Exp(-step / 10.0));
        var path = $"scalars?project={Uri.EscapeDataString(Project)}&card=train%2Floss";
        var report = await Server.PostAsync("api/v1/views", new
        {
            project = Project,
            kind = "report",
            name = "Out",
            body = new { blocks = new object[] { new { type = "note", text = "## Before" }, new { type = "page", path, title = "The loss" } } },
        });
        await using var watched = await browser.OpenAsync($"{At(Project)}&report={report["id"]!.GetValue<string>()}");
        await Expect(watched.Page.FrameLocator(".block iframe").Locator("article canvas").First).ToBeVisibleAsync();
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => watched.Page.Locator("#report-export").ClickAsync());
        var file = Path.Combine(Directory.CreateTempSubdirectory("lossboard-report-").FullName, download.SuggestedFilename);
        await download.SaveAsAsync(file);
        Assert.Equal("Out.html", download.SuggestedFilename);
        await using var offline = await browser.OpenAsync(new Uri(file).AbsoluteUri);
        await Expect(offline.Page.Locator("h3")).ToHaveTextAsync("Before");
        await Expect(offline.Page.Locator("figcaption")).ToHaveTextAsync("The loss");
        var width = await offline.Page.Locator("figure img").EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)");
        Assert.True(width > 200, $"The picture is {width} pixels wide.");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Report_Deleted_SaysSo()
    {
        const string Project = "reports/gone";
        await Server.PushAsync(Project, "r", "loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync($"{Server.Address}projects-do-not-matter", 390, 844, mayBeRefused: true);
        await watched.Page.GotoAsync($"{At(Project)}&report=0000");
        await Expect(watched.Page.Locator("#report-gone")).ToBeVisibleAsync();
        await watched.Page.Locator("#report-gone a").ClickAsync();
        await Expect(watched.Page.Locator("#report-list")).ToBeVisibleAsync();
    }

    private string At(string project) => $"{Server.Address}reports?project={Uri.EscapeDataString(project)}";
}
