using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class FrameTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Language_Chosen_IsEveryPagesFromThenOn(int width, int height)
    {
        var project = $"frame/language-{width}";
        await Server.PushAsync(project, "r", "loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync(At("scalars", project), width, height);
        var page = watched.Page;
        await page.Locator("#language-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(page.Locator("#live-state .live-word")).ToHaveTextAsync("实时");
        await page.Locator(".rail a", new() { HasText = "报告" }).ClickAsync();
        await Expect(page.Locator("h1").First).ToHaveTextAsync("报告");
    }

    [Fact]
    public async Task Language_OfTheBrowser_IsTakenWhereNoneWasChosen()
    {
        var context = await browser.Browser.NewContextAsync(new() { Locale = "zh-CN" });
        await using var watched = await WatchedPage.OpenAsync(context, Server.Address);
        await Expect(watched.Page.Locator("h1").First).ToHaveTextAsync("项目");
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Search_FindsARunAndAMetric_ByKeyboard(int width, int height)
    {
        var project = $"frame/search-{width}";
        var run = await Server.PushAsync(project, "needle <b>run</b>", "train/loss", [1, 2], step => step);
        await Server.PushAsync(project, "other", "val/needles", [1, 2], step => step);
        await using var watched = await browser.OpenAsync(At("scalars", project), width, height);
        var page = watched.Page;
        await watched.ChartAsync("train/loss", run, "points.steps.length === 2");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("needle");
        var options = page.Locator(".search-dialog [role=option]");
        await Expect(options).ToHaveTextAsync(["needle <b>run</b>", "val/needles"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("card=val%2Fneedles"));
        await Expect(page.Locator("article[data-tag='val/needles']")).ToHaveClassAsync(new Regex("fullscreen"));
    }

    [Fact]
    public async Task View_Saved_OpensAsItWas_AndIsDeleted()
    {
        const string Project = "frame/views";
        await Server.PushAsync(Project, "r", "loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync(At("scalars", Project) + "&logy=1&smooth=0.5");
        var page = watched.Page;
        await page.Locator("#views-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the view" }).FillAsync("Smooth & log");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".view-row a")).ToHaveTextAsync("Smooth & log");
        await page.GotoAsync(At("runs", Project));
        await page.Locator("#views-menu summary").ClickAsync();
        await page.Locator(".view-row a").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("scalars.*logy=1"));
        await page.Locator("#views-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the view Smooth & log" }).ClickAsync();
        await Expect(page.Locator(".view-none")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Color_ChosenForARun_IsItsColourEverywhere_AndInAnotherTab()
    {
        const string Project = "frame/color";
        var run = await Server.PushAsync(Project, "r", "loss", [1, 2], step => step);
        await using var mine = await browser.OpenAsync(At("scalars", Project));
        await using var theirs = await browser.OpenAsync(At("distributions", Project));
        await Expect(theirs.Page.Locator(".run-row")).ToHaveCountAsync(1);
        await mine.Page.Locator(".run-row").HoverAsync();
        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Colour of r" }).ClickAsync();
        await mine.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Colour 5" }).ClickAsync();
        foreach (var tab in new[] { mine, theirs })
            await tab.Page.WaitForFunctionAsync("() => document.querySelector('.run-row').style.getPropertyValue('--run-color') === 'var(--run-4)'");
        await mine.Page.WaitForFunctionAsync("() => document.querySelector('article .plot').lossboardChart.toSvg('loss').includes(getComputedStyle(document.documentElement).getPropertyValue('--run-4').trim())");
        Assert.NotEmpty(run);
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Selection_Kept_FromPageToPage(int width, int height)
    {
        var project = $"frame/selection-{width}";
        await Server.PushAsync(project, "shown", "loss", [1, 2], step => step);
        await Server.PushAsync(project, "hidden", "loss", [1, 2], step => step);
        await using var watched = await browser.OpenAsync(At("scalars", project), width, height);
        var page = watched.Page;
        if (width < 900)
            await page.Locator("[data-selector-open]").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Show hidden" }).UncheckAsync();
        if (width < 900)
            await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rail a[href*='media']").ClickAsync();
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("1 of 2");
        await Expect(page.Locator("input[aria-label='Show hidden']")).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Filter_AQuery_FindsRuns_AndSaysWhatIsWrongWithIt()
    {
        const string Project = "frame/filter";
        await Server.PushAsync(Project, "low", "loss", [1, 2], step => 0.1);
        await Server.PushAsync(Project, "high", "loss", [1, 2], step => 0.9);
        await using var watched = await browser.OpenAsync(At("scalars", Project));
        watched.MayBeRefused = true;
        var page = watched.Page;
        await page.Locator("#selector-filter").FillAsync("summary(\"loss\").min < 0.5");
        await Expect(page.Locator(".run-row .run-name")).ToHaveTextAsync(["low"]);
        await page.Locator("#selector-filter").FillAsync("confg.lr < 1");
        await Expect(page.Locator("#selector-note")).ToContainTextAsync("config");
        await page.Locator("#selector-filter").FillAsync("hig");
        await Expect(page.Locator(".run-row .run-name")).ToHaveTextAsync(["high"]);
    }

    [Fact]
    public async Task Selector_ThousandsOfRuns_HoldsOnlyTheRowsInSight()
    {
        const string Project = "frame/many";
        for (var at = 0; at < 3000; at += 100)
            await Task.WhenAll(Enumerable.Range(at, 100).Select(run => Server.PutRunAsync(Project, $"run-{run}", "finished")));
        await using var watched = await browser.OpenAsync(At("scalars", Project));
        var page = watched.Page;
        await Expect(page.Locator("#selector-count")).ToHaveTextAsync("20 of 3,000");
        Assert.True(await page.Locator(".run-row").CountAsync() < 100);
        await page.Locator("#selector-list").EvaluateAsync("list => { list.scrollTop = list.scrollHeight / 2; }");
        await page.WaitForFunctionAsync("""
            () => {
              const list = document.getElementById('selector-list').getBoundingClientRect();
              const rows = [...document.querySelectorAll('.run-row')].map((row) => row.getBoundingClientRect());
              return rows.some((row) => row.top <= list.top + 1) && rows.some((row) => row.bottom >= list.bottom - 1);
            }
            """);
    }

    private string At(string page, string project) => $"{Server.Address}{page}?project={Uri.EscapeDataString(project)}";
}
