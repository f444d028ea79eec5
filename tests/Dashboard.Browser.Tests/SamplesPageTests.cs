namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class SamplesPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Labels_OfTheKnownCase_AreComparedAndWeighed(int width, int height)
    {
        var project = FormattableString.Invariant($"samples/labels {width}");
        await LogAsync(project, new { type = "labels", split = "val", counts = new { a = 30, b = 20, c = 10 } }, new { type = "labels", split = "train", counts = new { a = 100, b = 100, c = 100 } });
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        await Expect(page.Locator("#labels-figure")).ToHaveAttributeAsync("data-drawn", "3");
        await Expect(page.Locator("#labels-figure .points path")).ToHaveCountAsync(6);
        await Expect(page.Locator("#shift-findings .finding")).ToContainTextAsync("Warningtrain · val: 16.7 % of the samples would have to change their class");
        await Expect(page.Locator("#shift-table tbody tr")).ToHaveTextAsync("train · val0.16670.09590.18040.18318.3920.0151");
        await Expect(page.Locator("#labels-balance .finding")).ToHaveTextAsync(["Finetrain is balanced: 3 classes, as even as 3 of equal size.", "Noteval has 3 samples of a for one of c: 3 classes, as even as 2.749 of equal size."]);
        await Expect(page.Locator("#labels-table tbody tr:not([aria-hidden])").First).ToHaveTextAsync("a1003011");
        await page.Locator("#weights-split").SelectOptionAsync("val");
        await Expect(page.Locator("#weights-code code").First).ToContainTextAsync("weights = {\"a\": 0.666667, \"b\": 1, \"c\": 2}");
        await Expect(page.Locator("#weights-code code").Last).ToContainTextAsync("WeightedRandomSampler");
        await page.Locator("#labels-as").SelectOptionAsync("shares");
        await Expect(page.Locator("#labels-table tbody tr:not([aria-hidden])").First).ToHaveTextAsync("a33.3 %50 %0.66671");
        Assert.Contains("as=shares", page.Url, StringComparison.Ordinal);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Labels_OfThousandsOfClasses_AreFoundAndOrdered()
    {
        const string Project = "samples/many";
        await LogAsync(Project, new { type = "labels", split = "train", counts = Enumerable.Range(0, 3000).ToDictionary(at => $"class {at}", at => at + 1) });
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;

        await Expect(page.Locator("#labels-notes")).ToHaveTextAsync("3,000 classes 60 of 3,000 classes are drawn, in the order of the table; the table has all.");
        await Expect(page.Locator("#labels-balance .severity")).ToHaveTextAsync("Critical");
        await page.Locator("#labels-table thead button", new() { HasText = "train" }).ClickAsync();
        await Expect(page.Locator("#labels-table tbody tr:not([aria-hidden]) th").First).ToHaveTextAsync("class 2999");
        await page.Locator("#samples-find").FillAsync("CLASS 17");
        await Expect(page.Locator("#labels-notes")).ToHaveTextAsync("3,000 classes 60 of 111 classes are drawn, in the order of the table; the table has all.");
        await Expect(page.Locator("#labels-table tbody tr:not([aria-hidden]) th").First).ToHaveTextAsync("class 1799");
        await page.Locator("#samples-find").FillAsync("nowhere");
        await Expect(page.Locator("#labels-notes")).ToContainTextAsync("No class matches.");
        await Expect(page.Locator("#shift-findings")).ToContainTextAsync("There is one split.");
    }

    [Fact]
    public async Task Samples_OfEverySort_AreListedAndFiltered()
    {
        const string Project = "samples/sorts";
        await LogAsync(Project, [.. Steps()]);
        await using var watched = await OpenAsync(Project, "&view=losses");
        var page = watched.Page;

        await Expect(page.Locator("#scatter-words")).ToHaveTextAsync("Losses are the cross entropy of the logged probabilities (none were logged).");
        await Expect(page.Locator("#scatter-plot")).ToHaveAttributeAsync("data-drawn", "12");
        await Expect(Names(page)).ToHaveTextAsync(["b", "d", "c", "a"]);
        await Expect(page.Locator("#list-body tbody tr").First).ToContainTextAsync("catdog2.303");
        await Expect(page.Locator("#sort-forgotten .count")).ToHaveTextAsync("1");
        await page.Locator("#sort-forgotten").ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["b"]);
        await page.Locator("#sort-never_learned").ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["d"]);
        await page.Locator("#sort-mean_loss").ClickAsync();
        await Expect(Names(page)).ToHaveCountAsync(4);
        await page.Locator("#scatter-legend button", new() { HasText = "cat" }).ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["b", "a"]);
        await Expect(page.Locator("#samples-label")).ToHaveValueAsync("0");
        await Expect(page.Locator("#spread-figure .boxes, #spread-figure .trace.boxes")).ToHaveCountAsync(1);
        Assert.Contains("sort=mean_loss", page.Url, StringComparison.Ordinal);

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(Names(theirs.Page)).ToHaveTextAsync(["b", "a"]);
        await page.GoBackAsync();
        await Expect(Names(page)).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Scatter_DraggedAndClicked_ZoomsAndFollowsASample()
    {
        const string Project = "samples/zoom";
        await LogAsync(Project, [.. Steps()]);
        await using var watched = await OpenAsync(Project, "&view=losses");
        var page = watched.Page;
        await Expect(page.Locator("#scatter-plot")).ToHaveAttributeAsync("data-drawn", "12");
        await page.Locator("#scatter-plot").ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator("#scatter-plot").BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + (box.Width * .6f), box.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width - 16, box.Y + box.Height - 36, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        // The last step's four losses lie in the right part.
        await page.WaitForFunctionAsync("() => document.getElementById('scatter-plot').lossboardLosses.state.inside === 4");
        Assert.Contains("zoom=", page.Url, StringComparison.Ordinal);
        await page.Locator("#scatter-plot").PressAsync("0");
        await page.WaitForFunctionAsync("() => document.getElementById('scatter-plot').lossboardLosses.state.inside === 12");

        var place = await page.EvaluateAsync<float[]>("() => document.getElementById('scatter-plot').lossboardLosses.placeOf(0)");
        await page.Mouse.MoveAsync(place[0], place[1]);
        await Expect(page.Locator(".line-tip")).ToContainTextAsync("Loss");
        await page.Mouse.ClickAsync(place[0], place[1]);
        await Expect(page.Locator("#scatter-picked")).ToContainTextAsync("Following ");
        await Expect(page.Locator("#list-body tr[aria-selected=true]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop following" }).ClickAsync();
        await Expect(page.Locator("#scatter-picked")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Samples_WhenAStepArrives_AreBroughtUpToDate()
    {
        const string Project = "samples/live";
        var steps = Steps().ToArray();
        await LogAsync(Project, steps[0]);
        await using var watched = await OpenAsync(Project, "&view=losses");
        var page = watched.Page;
        await Expect(page.Locator("#scatter-plot")).ToHaveAttributeAsync("data-drawn", "4");

        await LogAsync(Project, steps[1], steps[2]);
        await Expect(page.Locator("#scatter-plot")).ToHaveAttributeAsync("data-drawn", "12");
        await Expect(page.Locator("#spread-figure")).ToHaveAttributeAsync("data-step", "3");
        await Expect(page.Locator("#sort-forgotten .count")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Samples_WithASprite_AreShownAsPictures()
    {
        const string Project = "samples/pictures";
        var run = await LogAsync(Project, [.. Steps(sprite: true)]);
        // One pixel a sample, two in a row.
        byte[] png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP4z8DAAMIM////ZwAAHu8E/KPItPcAAAAASUVORK5CYII=");
        await Server.PutArtifactAsync(run, "sprites/s.png", "image", png);
        await using var watched = await OpenAsync(Project, "&view=losses");
        var page = watched.Page;

        await page.Locator("[name=layout][value=pictures]").CheckAsync();
        await Expect(page.Locator(".sample-picture")).ToHaveCountAsync(4);
        await Expect(page.Locator(".sample-picture canvas.thumbnail")).ToHaveCountAsync(4);
        await page.Locator(".sample-picture").First.ClickAsync();
        await Expect(page.Locator("#scatter-picked")).ToContainTextAsync("Following b");
        var saved = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.Locator("#list-tools summary").ClickAsync();
            await page.Locator("#list-tools [data-export=csv]").ClickAsync();
        });
        var lines = await File.ReadAllLinesAsync(await saved.PathAsync());
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("b,cat,dog,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_OfLogitsOrNumbers_SayWhatThereIsNot()
    {
        const string Project = "samples/odd";
        await LogAsync(
            Project,
            new { type = "predictions", tag = "logits", step = 1, labels = new[] { 0, 1 }, scores = new[] { new[] { 4.0, -2 }, [3, 1] } },
            new { type = "predictions", tag = "numbers", step = 1, targets = new[] { 1.0, 2 }, scores = new[] { new[] { 1.0 }, [4] } });
        await using var watched = await OpenAsync(Project, "&view=losses&tag=logits&sort=mislabelled");
        var page = watched.Page;

        await Expect(page.Locator("#scatter-words")).ToContainTextAsync("There are no losses: none were logged");
        await Expect(page.Locator("#scatter-plot")).ToBeHiddenAsync();
        await Expect(page.Locator("#list-words")).ToContainTextAsync("wrong labels cannot be looked for");
        await Expect(page.Locator("#scatter-notes")).ToContainTextAsync("Samples have no ids");
        await page.Locator("#samples-tag").SelectOptionAsync("numbers");
        await Expect(page.Locator("#scatter-words")).ToContainTextAsync("squared error");
        await Expect(page.Locator("#list-words")).ToContainTextAsync("nothing is right or wrong");
        await Expect(page.Locator("#sort-forgotten")).ToBeHiddenAsync();
        await page.Locator("#sort-hardest").ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["1", "0"]);
    }

    [Fact]
    public async Task Page_WithoutData_SaysHowToLogIt()
    {
        await Server.PushAsync("samples/scalars only", "r", "loss", [1], _ => 1);
        await using (var none = await OpenAsync("samples/nothing"))
            await Expect(none.Page.Locator("#samples-no-runs")).ToBeVisibleAsync();
        await using var watched = await OpenAsync("samples/scalars only");
        await Expect(watched.Page.Locator("#samples-no-labels pre")).ToContainTextAsync("run.log_labels(\"train\"");
        await watched.Page.Locator("[name=view][value=losses]").CheckAsync();
        await Expect(watched.Page.Locator("#samples-no-predictions pre")).ToContainTextAsync("run.log_predictions(");
        await watched.Page.Locator("#select-none").ClickAsync();
        await Expect(watched.Page.Locator("#samples-none-selected")).ToBeVisibleAsync();
    }

    // a and c are right all along, b is forgotten at the last step, d is never right.
    private static IEnumerable<object> Steps(bool sprite = false)
    {
        double[][] ofCat = [[.9, .6, .2, .7], [.95, .8, .1, .8], [.99, .1, .05, .75]];
        for (var at = 0; at < ofCat.Length; at++)
        {
            var scores = ofCat[at].Select(p => new[] { p, 1 - p }).ToArray();
            yield return sprite
                ? new { type = "predictions", tag = "val", step = at + 1, labels = new[] { 0, 0, 1, 1 }, scores, ids = new[] { "a", "b", "c", "d" }, classes = new[] { "cat", "dog" }, sprite = new { name = "sprites/s.png", width = 1, height = 1 } }
                : new { type = "predictions", tag = "val", step = at + 1, labels = new[] { 0, 0, 1, 1 }, scores, ids = new[] { "a", "b", "c", "d" }, classes = new[] { "cat", "dog" } };
        }
    }

    private static ILocator Names(IPage page) => page.Locator("#list-body tbody th");

    private async Task<string> LogAsync(string project, params object[] events) =>
        (await Server.PostAsync("api/v1/events", new { project, run = "net", events }))["run_id"]!.GetValue<string>();

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}samples?project={Uri.EscapeDataString(project)}{more}", width, height);
}
