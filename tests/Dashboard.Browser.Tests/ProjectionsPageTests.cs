using static Dashboard.Browser.Tests.ProjectionPictures;

namespace Dashboard.Browser.Tests;

/// <summary>Projections that are there: looked at, filtered, searched, selected, compared.</summary>
[Collection(BrowserSuite.Name)]
public sealed class ProjectionsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Result_Opened_TellsWhatItIs_AndAPickedPointItsNeighbors()
    {
        const string Project = "projections/one";
        var run = await Server.PutEmbeddingAsync(Project);
        var id = await Server.ProjectAsync(Project, run, "clouds");
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4");
        Assert.Contains($"job={id}", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".projection-measures")).ToContainTextAsync("net · penultimate · step 0 · 60 × 8 · t-SNE · 2-D · 1,000 iterations · took 1.5 s · cpu");
        await Expect(page.Locator("[data-key=trustworthiness]")).ToContainTextAsync("0.970");
        await Expect(page.Locator("[data-key=preservation]")).ToContainTextAsync("40 %");
        await Expect(page.Locator(".projection-said")).ToContainTextAsync("Perplexity was lowered to 19.");
        await Expect(page.Locator(".category")).ToHaveTextAsync(["ant20", "cat20", "dog20"]);

        await page.Locator(".projection-more > summary").ClickAsync();
        await Expect(page.Locator(".projection-more .facts")).ToContainTextAsync("penultimate · step 0 of net");
        await page.Locator(".projection-more > summary").ClickAsync();
        await Expect(page.Locator(".job-details")).ToHaveCountAsync(0);

        var (x, y) = await PlaceAsync(page, 30);
        await page.Mouse.MoveAsync(x, y);
        await Expect(page.Locator(".line-tip")).ToContainTextAsync("row 30 · n30");
        await page.Mouse.ClickAsync(x, y);
        await Expect(page.Locator(".point-facts")).ToContainTextAsync("cat");
        // Numbers 9 and 11 of the class, then 8 and 12, a tenth a number away.
        await page.Locator(".point-near input[type=number]").FillAsync("4");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".neighbor")).ToHaveCountAsync(4);
        var found = await page.Locator(".neighbor .neighbor-name").AllTextContentsAsync();
        Assert.Equal(["n24", "n27", "n33", "n36"], found.Order());
        await PictureAsync(page, "stats.picked === 30");
        await page.WaitForURLAsync(url => url.Contains("pick=30", StringComparison.Ordinal) && url.Contains("k=4", StringComparison.Ordinal));

        // What is hidden is no neighbour, where a person says so; a neighbour is the next to be picked.
        await page.Locator(".category", new() { HasText = "cat" }).ClickAsync();
        await page.Locator(".point-near [role=switch]").CheckAsync();
        await Expect(page.Locator(".neighbor .neighbor-name", new() { HasTextRegex = new("^n(24|27|33|36)$") })).ToHaveCountAsync(0);
        await Expect(page.Locator(".neighbors[aria-busy=false] .neighbor")).ToHaveCountAsync(4);
        await page.Locator(".neighbor").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("pick=30", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FiltersAndSearch_HideAndFind_AndALinkShowsItAgain()
    {
        const string Project = "projections/filters";
        var run = await Server.PutEmbeddingAsync(Project);
        await Server.ProjectAsync(Project, run, "clouds", dims: 3);
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4");

        await page.Locator(".category", new() { HasText = "dog" }).ClickAsync();
        await PictureAsync(page, "stats.shown === 40");
        await Expect(page.Locator(".filter-count")).ToHaveTextAsync("40 of 60 points shown");
        await page.Locator(".category", new() { HasText = "cat" }).DblClickAsync();
        await PictureAsync(page, "stats.shown === 20");
        await page.Locator(".side-card .side-head select").First.SelectOptionAsync("score");
        var from = page.GetByLabel("score: from").Last;
        await from.FillAsync("0.5");
        await page.Keyboard.PressAsync("Tab");
        await PictureAsync(page, "stats.shown === 10");
        await Expect(page.Locator(".chip")).ToHaveCountAsync(2);

        // A pattern that is none is said to be so; one that is marks, and hides the rest on request.
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("/n[35/");
        await Expect(page.Locator(".side-card .field-error").First).ToContainTextAsync("This is no regular expression");
        await page.Locator("[aria-keyshortcuts='/']").FillAsync("/^n[35]/");
        await Expect(page.Locator(".search-count")).ToHaveTextAsync("22 points found");
        await page.Locator(".search-count ~ .side-tools [role=switch]").CheckAsync();
        await PictureAsync(page, "stats.shown === 7");
        await page.Locator("#projection-labels").SelectOptionAsync("points");
        await page.Locator("#projection-size").FillAsync("9");
        await page.WaitForURLAsync(url => url.Contains("size=9", StringComparison.Ordinal) && url.Contains("found=1", StringComparison.Ordinal));

        await using var again = await browser.OpenAsync(page.Url);
        await PictureAsync(again.Page, "stats.shown === 7 && stats.labels > 0 && model.state.size === 9");
        await Expect(again.Page.Locator(".chip")).ToHaveCountAsync(3);
        await again.Page.Locator(".filter-bar > .button").ClickAsync();
        await PictureAsync(again.Page, "stats.shown === 60");
        await again.Page.GoBackAsync();
        await PictureAsync(again.Page, "stats.shown === 7");
    }

    [Fact]
    public async Task Selection_ByBoxAndLasso_IsCounted_Isolated_AndSaved()
    {
        const string Project = "projections/selection";
        var run = await Server.PutEmbeddingAsync(Project);
        await Server.ProjectAsync(Project, run, "clouds");
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4");

        // What stands above the picture is all there, so that it stays where it is.
        await Expect(page.Locator("[data-key=trustworthiness]")).ToBeVisibleAsync();
        // Around the cats, and the first column of the dogs: x from 0 to 10.
        var (low, high) = (await PlaceAsync(page, 0), await PlaceAsync(page, 57));
        var dog = await PlaceAsync(page, 1);
        await page.Keyboard.PressAsync("b");
        await DragAsync(page, (low.X - 15, Math.Max(low.Y, high.Y) + 15), (dog.X + 8, Math.Min(low.Y, high.Y) - 15));
        await PictureAsync(page, "stats.selected === 24");
        await Expect(page.Locator(".share")).ToHaveTextAsync(["cat20 · 83.3 %", "dog4 · 16.7 %"]);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("row,x,y,label,score,id,preservation", lines[0]);
        Assert.Equal(25, lines.Length);
        await page.GetByRole(AriaRole.Button, new() { Name = "Isolate" }).ClickAsync();
        await PictureAsync(page, "stats.shown === 24 && stats.selected === 0");
        await page.WaitForURLAsync(url => url.Contains("isolated=", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter 24 chosen points" }).ClickAsync();
        await PictureAsync(page, "stats.shown === 60");

        await page.Keyboard.PressAsync("l");
        var (cat, last) = (await PlaceAsync(page, 0), await PlaceAsync(page, 57));
        await DragAsync(page, (cat.X - 12, cat.Y + 12), (cat.X - 12, last.Y - 12), (cat.X + 8, last.Y - 12), (cat.X + 8, cat.Y + 12), (cat.X - 12, cat.Y + 12));
        await PictureAsync(page, "stats.selected === 4");
        await page.Locator(".projection-plot").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await PictureAsync(page, "stats.selected === 0");
    }

    [Fact]
    public async Task TwoSteps_BesideEachOther_AreLinkedAndAligned()
    {
        const string Project = "projections/pair";
        var run = await Server.PutEmbeddingAsync(Project, "net", 0, 100, 200);
        var first = await Server.ProjectAsync(Project, run, "early", 0);
        var second = await Server.ProjectAsync(Project, run, "late", 200, degrees: 90);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&job={first}");
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4");
        await page.Locator(".projection-compare select").SelectOptionAsync(second);
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4", "b");
        await Expect(page.Locator("[data-key=trustworthiness]")).ToBeVisibleAsync();
        var (x, y) = await PlaceAsync(page, 12);
        await page.Mouse.MoveAsync(x, y);
        await PictureAsync(page, "stats.hovered === 12", "b");
        await page.Mouse.ClickAsync(x, y);
        await PictureAsync(page, "stats.picked === 12", "b");
        await page.Locator(".category", new() { HasText = "ant" }).ClickAsync();
        await PictureAsync(page, "stats.shown === 40", "b");

        // Turned back, nothing is left of a turn by a right angle.
        await page.GetByLabel("Aligned").CheckAsync();
        await Expect(page.Locator("[aria-label='Moved most'] .neighbor")).ToHaveCountAsync(30);
        var moved = await page.EvaluateAsync<double>("() => { const [a, b] = ['a', 'b'].map((place) => document.querySelector(`[data-place=${place}] .projection-plot`).lossboardPicture.picture.coordinates); return Math.max(...a.map((value, i) => Math.abs(value - b[i]))); }");
        // Single precision over coordinates up to 24.
        Assert.InRange(moved, 0, 1e-4);

        // The slider goes from one to the other, and offers the step that nobody has computed.
        await page.Locator(".projection-compare select").SelectOptionAsync("");
        await Expect(page.Locator("[data-place=b]")).ToHaveCountAsync(0);
        await page.Locator(".step-track input").FillAsync("1");
        await Expect(page.Locator(".step-words")).ToHaveTextAsync("step 100 · 2 of 3 · not computed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compute this step" }).ClickAsync();
        await Expect(page.Locator(".job-item")).ToHaveCountAsync(3);
        await page.Locator(".step-track input").FillAsync("2");
        await page.WaitForURLAsync(url => url.Contains($"job={second}", StringComparison.Ordinal));
        await PictureAsync(page, "stats.picked === 12 && stats.shown === 40");
    }

    [Fact]
    public async Task Exports_OfThePicture_AreThere_AndAnEmbeddedPageIsThePictureAlone()
    {
        const string Project = "projections/exports";
        var run = await Server.PutEmbeddingAsync(Project);
        await Server.ProjectAsync(Project, run, "clouds");
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await PictureAsync(page, "stats.shown === 60 && model.columns.length === 4");
        foreach (var (key, start) in new[] { ("png", "\u0089PNG"), ("svg", "<?xml"), ("csv", "row,"), ("safetensors", null) })
        {
            await page.Locator(".projection-head .menu summary").ClickAsync();
            var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"[data-export={key}]").ClickAsync());
            var content = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
            Assert.EndsWith($".{key}", download.SuggestedFilename, StringComparison.Ordinal);
            if (start is not null && key != "csv")
                Assert.StartsWith(start, content, StringComparison.Ordinal);
            if (key == "svg")
                Assert.True(content.Split("<circle").Length > 60 && content.Contains(">dog<", StringComparison.Ordinal), content);
        }

        await using var within = await browser.OpenAsync($"{page.Url}&embed=1");
        await PictureAsync(within.Page, "stats.shown === 60");
        await Expect(within.Page.Locator("#projection-aside")).ToBeHiddenAsync();
        await Expect(within.Page.Locator(".projection-compare")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Project_WithoutProjections_SaysWhatTheyAreAndHowToMakeThem()
    {
        const string Project = "projections/none";
        await Server.PutRunAsync(Project, "r", "finished");
        await using var watched = await browser.OpenAsync(Address(Project), mayBeRefused: true);
        var page = watched.Page;
        await Expect(page.Locator("#projections-empty")).ToContainTextAsync("what is alike lies together");
        await Expect(page.Locator("#projections-way")).ToContainTextAsync("run.log_embedding(");
        await page.GotoAsync($"{Address(Project)}&job=nobody");
        await Expect(page.Locator(".projection-error")).ToContainTextAsync("This projection is not there");
    }

    private string Address(string project) => $"{Server.Address}projections?project={Uri.EscapeDataString(project)}";
}
