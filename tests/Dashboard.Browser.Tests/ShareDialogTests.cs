namespace Dashboard.Browser.Tests;

/// <summary>Sharing on a server without accounts: the dialog, the list of links, the snapshot.</summary>
[Collection(BrowserSuite.Name)]
public sealed class ShareDialogTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Link_MadeOnAPhoneWithoutAccounts_SaysWhereItWorksAndIsListedAndRevoked()
    {
        const string Project = "share/local";
        await Server.PushAsync(Project, "one", "train/loss", [1, 2], step => step);
        await Server.PushAsync(Project, "two", "train/loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync(At(Project), 390, 844, ColorScheme.Dark, mayBeRefused: true);
        var page = watched.Page;
        await Expect(page.Locator("article canvas").First).ToBeVisibleAsync();
        await page.Locator("#share").ClickAsync();
        await Expect(page.Locator(".share-local")).ToBeVisibleAsync();
        await page.Locator("dialog").GetByText("2 runs").ClickAsync();
        await page.GetByLabel("two", new() { Exact = true }).UncheckAsync();
        await page.GetByText("only the 1 in this view").ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("<b>Mine</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await page.GetByLabel("The link", new() { Exact = true }).InputValueAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('dialog').scrollWidth <= innerWidth"), "The dialog is wider than the phone.");

        await page.GetByRole(AriaRole.Link, new() { Name = "All share links" }).ClickAsync();
        var card = page.Locator(".link-card");
        await Expect(card).ToContainTextAsync("<b>Mine</b>");
        await Expect(card).ToContainTextAsync("1 run, 1 tag");
        await using (var other = await browser.OpenAsync(link))
        {
            await Expect(other.Page.Locator("article canvas").First).ToBeVisibleAsync();
            await Expect(other.Page.Locator("#selector-count")).ToContainTextAsync("1");
        }

        await Expect(card).ToContainTextAsync("1 time");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
        await card.Locator(".button.danger").ClickAsync();
        await page.Locator("dialog[open] .button.danger").ClickAsync();
        await Expect(page.Locator("#links-empty")).ToBeVisibleAsync();
        await page.GotoAsync(link);
        await Expect(page.Locator("#share-gone")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Snapshot_OfAPage_IsOneFileThatAsksForNothing()
    {
        const string Project = "share/snapshot";
        for (var tag = 0; tag < 8; tag++)
            await Server.PushAsync(Project, "a run & <b>more</b>", $"train/metric{tag}", Enumerable.Range(0, 50).Select(step => (long)step), step => Math.Exp(-step / 10.0));
        await using var watched = await browser.OpenAsync(At(Project), 1000, 700, ColorScheme.Dark);
        await Expect(watched.Page.Locator("article canvas").First).ToBeVisibleAsync();
        await watched.Page.Locator("#share").ClickAsync();
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => watched.Page.GetByRole(AriaRole.Button, new() { Name = "Snapshot file" }).ClickAsync());
        var folder = Directory.CreateTempSubdirectory("lossboard-snapshot-");
        var file = Path.Combine(folder.FullName, download.SuggestedFilename);
        await download.SaveAsAsync(file);

        var text = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", text, StringComparison.Ordinal);
        var asked = new List<string>();
        var context = await browser.Browser.NewContextAsync(new() { Offline = true });
        context.Request += (_, request) => asked.Add(request.Url);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        // Also the cards that were out of sight.
        await Expect(page.Locator("figcaption")).ToHaveCountAsync(8);
        var widths = await page.EvaluateAsync<int[]>("Promise.all([...document.images].map((image) => image.decode().then(() => image.naturalWidth)))");
        Assert.Equal(8, widths.Length);
        Assert.All(widths, width => Assert.True(width > 200, $"The picture is {width} pixels wide."));
        Assert.All(asked, url => Assert.True(url.StartsWith("data:", StringComparison.Ordinal) || url == new Uri(file).AbsoluteUri, url));
        await context.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string At(string project) => $"{Server.Address}scalars?project={Uri.EscapeDataString(project)}";
}
