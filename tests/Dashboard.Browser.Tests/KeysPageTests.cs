namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class KeysPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Key_Made_IsShownOnceListedAndRevoked()
    {
        await using var watched = await browser.OpenAsync(browser.Server.Address + "keys?project=key%20page");
        // A key without a name is tried.
        watched.MayBeRefused = true;
        var page = watched.Page;
        await Expect(page.Locator("#keys-local")).ToBeVisibleAsync();
        await page.Locator(".access-head").GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("#key-project")).ToHaveValueAsync("key page");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("must not be empty");
        await dialog.GetByLabel("Name").FillAsync("<b>nightly</b>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();

        var key = await page.Locator("#key-once").InputValueAsync();
        Assert.Matches("^lb_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$", key);
        await Expect(dialog.Locator("pre")).ToContainTextAsync($"Authorization: Bearer {key}");
        await dialog.Locator("[value=python]").CheckAsync();
        await Expect(dialog.Locator("pre")).ToContainTextAsync($"export LOSSBOARD_API_KEY={key}");
        // Not lost by a slip of the hand.
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Locator("#key-done").ClickAsync();

        var row = page.Locator(".access-item", new() { HasText = "<b>nightly</b>" });
        await Expect(row).ToContainTextAsync(key[..8]);
        await Expect(row).ToContainTextAsync("Never used");
        await page.ReloadAsync();
        await Expect(row).ToBeVisibleAsync();
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);

        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Audit log" }).ClickAsync();
        await Expect(page.Locator("#audit-rows tr").First).ToContainTextAsync("revoked a key");
        await page.Locator("#audit-filter").FillAsync("made nightly");
        await Expect(page.Locator("#audit-rows tr")).ToHaveCountAsync(1);
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("#audit-csv").ClickAsync());
        Assert.Contains("key.created", await File.ReadAllTextAsync(await saved.PathAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dialog_ForAWorker_ShowsLinesWithoutTheKeyOnTheCommandLine()
    {
        await using var watched = await browser.OpenAsync(browser.Server.Address + "keys", 390, 844, ColorScheme.Dark);
        var page = watched.Page;
        await page.Locator(".access-head [data-new]").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("gpu box");
        await dialog.GetByLabel("Every project").CheckAsync();
        await dialog.Locator("[value=worker]").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("#key-once").InputValueAsync();
        var lines = await dialog.Locator("pre").InnerTextAsync();
        Assert.Contains($"export LOSSBOARD_WORKER_KEY='{key}'", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("--key ", lines, StringComparison.Ordinal);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
