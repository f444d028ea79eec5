namespace Dashboard.Browser.Tests;

/// <summary>The query box of the Runs page.</summary>
[Collection(BrowserSuite.Name)]
public sealed class RunQueryTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Query_WithAFault_PointsAtItAndKeepsTheRows(int width, int height)
    {
        var project = await FillAsync($"query/fault {width}");
        await using var watched = await browser.OpenAsync(Address(project), width, height, mayBeRefused: true);
        var page = watched.Page;
        var rows = page.Locator("#runs-table tbody a.ellipsis");
        await Expect(rows).ToHaveCountAsync(3);
        await page.Locator("#query").FillAsync("config.lr << 0.05 ");
        await Expect(page.Locator("#query-error")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#query-mirror .q-error")).ToHaveTextAsync("<");
        await Expect(page.Locator("#query")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(rows).ToHaveCountAsync(3);
        await page.Locator("#query").FillAsync("config.lr < 0.05 and summary(\"val/loss\").min < 1");
        await Expect(rows).ToHaveTextAsync(["cnn/b"]);
        await Expect(page.Locator("#query-error")).ToBeEmptyAsync();
        await Expect(page.Locator("#runs-count")).ToHaveTextAsync("1 of 3 runs match");
        await page.ReloadAsync();
        await Expect(rows).ToHaveTextAsync(["cnn/b"]);
    }

    [Fact]
    public async Task Query_TypedWithCompletion_NeedsNoMouse()
    {
        var project = await FillAsync("query/completion");
        await using var watched = await browser.OpenAsync(Address(project), mayBeRefused: true);
        var page = watched.Page;
        var options = page.Locator("#query-options [role=option]");
        await Expect(page.Locator("tr.run-line")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("Control+/");
        await Expect(page.Locator("#query")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("opt");
        await Expect(options).ToContainTextAsync(["config.optimizer.name"]);
        await page.Keyboard.PressAsync("Tab");
        await Expect(options.First).ToContainTextAsync("=");
        await page.Keyboard.TypeAsync("= ");
        await Expect(options).ToContainTextAsync(["adam", "sgd"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#query")).ToHaveAttributeAsync("aria-activedescendant", "query-option-1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#query")).ToHaveValueAsync("config.optimizer.name = sgd ");
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveTextAsync(["mlp/c"]);
    }

    [Fact]
    public async Task Query_Saved_CanBeOpenedAndDeleted()
    {
        var project = await FillAsync("query/saved");
        await using var watched = await browser.OpenAsync(Address(project));
        var page = watched.Page;
        await page.Locator("#query").FillAsync("cnn");
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(2);
        await page.Locator("#saved-menu summary").ClickAsync();
        await page.GetByLabel("Save the present query as").FillAsync("the convolutions");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#saved-panel .saved-name")).ToHaveTextAsync(["the convolutions"]);
        await page.GotoAsync(Address(project));
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(3);
        await page.Locator("#saved-menu summary").ClickAsync();
        await page.Locator("#saved-panel .saved-name").ClickAsync();
        await Expect(page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(2);
        await page.Locator("#saved-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the saved query the convolutions" }).ClickAsync();
        await Expect(page.Locator("#saved-panel .saved-name")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Query_ThatExplodes_IsRefusedAtTheBox()
    {
        var project = await FillAsync("query/explodes");
        await using var watched = await browser.OpenAsync(Address(project), mayBeRefused: true);
        await Expect(watched.Page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(3);
        await watched.Page.Locator("#query").FillAsync(string.Concat(Enumerable.Repeat("not (", 1500)) + "a" + new string(')', 1500));
        await Expect(watched.Page.Locator("#query-box")).ToHaveClassAsync("query-box invalid");
        await Expect(watched.Page.Locator("#query-error")).Not.ToBeEmptyAsync();
        await Expect(watched.Page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Query_AnsweredLate_DoesNotReplaceTheLaterOne()
    {
        var project = await FillAsync("query/order");
        await using var watched = await browser.OpenAsync(Address(project));
        var page = watched.Page;
        var rows = page.Locator("#runs-table tbody a.ellipsis");
        await Expect(rows).ToHaveCountAsync(3);
        var held = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/api/v1/runs/table", async route =>
        {
            if (route.Request.PostData?.Contains("\"mlp\"", StringComparison.Ordinal) == true)
            {
                held.SetResult(route);
                return;
            }

            await route.ContinueAsync();
        });
        await page.Locator("#query").FillAsync("mlp");
        var late = await held.Task;
        await page.Locator("#query").FillAsync("cnn/b");
        await Expect(rows).ToHaveTextAsync(["cnn/b"]);
        await late.ContinueAsync();
        await Expect(page.Locator("#runs-scroll")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(rows).ToHaveTextAsync(["cnn/b"]);
    }

    [Fact]
    public async Task Query_ThatFindsNothing_SaysSoAndCanBeCleared()
    {
        var project = await FillAsync("query/none");
        await using var watched = await browser.OpenAsync($"{Address(project)}&find=nothing-like-it");
        await Expect(watched.Page.GetByRole(AriaRole.Heading, new() { Name = "No match" })).ToBeVisibleAsync();
        await watched.Page.Locator("#clear-query").ClickAsync();
        await Expect(watched.Page.Locator("#runs-table tbody a.ellipsis")).ToHaveCountAsync(3);
    }

    private async Task<string> FillAsync(string project)
    {
        foreach (var (name, lr, optimizer, loss) in new[] { ("cnn/a", 0.1, "adam", 0.5), ("cnn/b", 0.01, "adam", 0.25), ("mlp/c", 0.02, "sgd", 2.0) })
        {
            await Server.PushAsync(project, name, "val/loss", [0, 1], _ => loss);
            await Server.PutRunAsync(project, name, "finished", new { lr, optimizer = new { name = optimizer } });
        }

        return project;
    }

    private string Address(string project) => $"{Server.Address}runs?project={Uri.EscapeDataString(project)}";
}
