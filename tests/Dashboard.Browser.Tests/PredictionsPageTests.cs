using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class PredictionsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Classifier_Logged_ShowsTheTextbookNumbers(int width, int height)
    {
        var project = string.Create(CultureInfo.InvariantCulture, $"predictions/textbook {width}");
        await TextbookAsync(project, "one");
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;

        // Labels 0, 0, 1, 1 and scores .1, .4, .35, .8.
        await Expect(page.Locator("#measures tbody tr")).ToContainTextAsync("0.75");
        await Expect(page.Locator("#roc-words")).ToHaveTextAsync("AUC 0.75");
        await Expect(page.Locator("#pr-words")).ToHaveTextAsync("Average precision 0.8333");
        await Expect(page.Locator("#class")).ToHaveValueAsync("1");
        await Expect(page.Locator("#threshold-number")).ToHaveValueAsync("0.5");
        await Expect(page.Locator("#roc")).ToHaveAttributeAsync("data-drawn", "1");
        await Expect(page.Locator("#confusion")).ToHaveAttributeAsync("data-drawn", "2");
        await Expect(page.Locator("#calibration-words")).ToContainTextAsync("Of class 1: expected calibration error");
        await Expect(page.Locator("#classes tbody tr:not([aria-hidden])")).ToHaveCountAsync(2);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task OperatingPoint_MovedByKeysAndPointer_CountsAndIsInTheAddress()
    {
        const string Project = "predictions/point";
        await TextbookAsync(Project, "one");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#operating")).ToHaveAttributeAsync("data-exact", "true");
        Assert.Equal("1 1 0 2", await CountsAsync(page));

        // To the left is lower: .4 and then .35.
        await page.Locator("#threshold").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#threshold")).ToHaveAttributeAsync("aria-valuetext", "0.35");
        Assert.Contains("at=0.35", page.Url, StringComparison.Ordinal);
        Assert.Equal("2 0 1 1", await CountsAsync(page));
        await Expect(page.Locator("#operating-figures")).ToContainTextAsync("0.8");

        // Dragged to the corner above right, everything is taken.
        var box = (await page.Locator("#roc canvas").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width - 14, box.Y + 30, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Expect(page.Locator("#threshold")).ToHaveAttributeAsync("aria-valuetext", "0.1");
        Assert.Equal("2 0 2 0", await CountsAsync(page));

        await page.Locator("#threshold-number").FillAsync("0.9");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#operating-figures div").First).ToContainTextAsync("–");
        Assert.Equal("0 2 0 2", await CountsAsync(page));
    }

    [Fact]
    public async Task Cell_Opened_ShowsItsSamplesWithPicturesAndLosses()
    {
        const string Project = "predictions/cell";
        var run = await TextbookAsync(Project, "one", sprite: true);
        await Server.PutArtifactAsync(run, "sprites/val.png", "image", MediaPageTests.Png(4, 200));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await page.Locator(".mistake").ClickAsync();

        await Expect(page.Locator("#samples-title")).ToHaveTextAsync("yes, taken for no");
        await Expect(page.Locator(".predicted-sample")).ToHaveCountAsync(1);
        await Expect(page.Locator(".predicted-sample")).ToContainTextAsync("c.png");
        await Expect(page.Locator(".predicted-sample")).ToContainTextAsync("1.05");
        await Expect(page.Locator(".predicted-sample canvas")).ToBeVisibleAsync();
        Assert.Contains("cell=1%3A0", page.Url, StringComparison.Ordinal);

        // By the keys: from the open cell to the one above, which holds two.
        await page.Locator("#confusion").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("#confusion-said")).ToContainTextAsync("no taken for no: Samples 2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#samples-title")).ToHaveTextAsync("no, rightly");
        await Expect(page.Locator(".predicted-sample")).ToHaveCountAsync(2);
        await page.GoBackAsync();
        await Expect(page.Locator("#samples-title")).ToHaveTextAsync("yes, taken for no");
        await page.Locator("#samples-back").ClickAsync();
        await Expect(page.Locator(".mistake")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Matrix_Clicked_OpensTheCellUnderThePointer()
    {
        const string Project = "predictions/click";
        await TextbookAsync(Project, "one");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#confusion")).ToHaveAttributeAsync("data-drawn", "2");
        var box = await page.EvaluateAsync<float[]>("() => { const host = document.getElementById('confusion'); host.scrollIntoView(); const at = host.getBoundingClientRect(); const cell = host.lossboardConfusion.cellBox(1, 1); return [at.x + cell.x + cell.width / 2, at.y + cell.y + cell.height / 2]; }");

        await page.Mouse.ClickAsync(box[0], box[1]);

        await Expect(page.Locator("#samples-title")).ToHaveTextAsync("yes, rightly");
        await page.Locator("label", new() { HasText = "counts" }).ClickAsync();
        Assert.Contains("scale=count", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_OfOneTag_AreComparedAndOneIsChosen()
    {
        const string Project = "predictions/runs";
        await TextbookAsync(Project, "older");
        await LogAsync(Project, "better", Classifier(1, [[0.1], [0.2], [0.7], [0.8]]));
        await LogAsync(Project, "other", new { type = "predictions", tag = "test", step = 1, labels = new[] { 0 }, scores = new[] { new[] { 1.0, 0 } } });
        await using var watched = await OpenAsync(Project, "&tag=val");
        var page = watched.Page;

        await Expect(page.Locator("#measures tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#roc")).ToHaveAttributeAsync("data-drawn", "2");
        await Expect(page.Locator("#measures-notes")).ToContainTextAsync("1 shown run has no such predictions.");
        await Expect(page.Locator("#measures tr", new() { HasText = "better" }).Locator("[data-best]").First).ToHaveTextAsync("1");
        await page.Locator("#measures button", new() { HasText = "older" }).ClickAsync();

        await Expect(page.Locator("#measures tr[data-chosen]")).ToContainTextAsync("older");
        await Expect(page.Locator(".mistake")).ToHaveCountAsync(1);
        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator("#measures tr[data-chosen]")).ToContainTextAsync("older");
        await Expect(theirs.Page.Locator("#operating-note")).ToContainTextAsync("of the run older");
    }

    [Fact]
    public async Task Steps_ChosenAndLoggedMeanwhile_AreShown()
    {
        const string Project = "predictions/steps";
        await LogAsync(Project, "one", Classifier(1, [[0.9], [0.8], [0.3], [0.2]]), Classifier(2, [[0.1], [0.4], [0.35], [0.8]]));
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var accuracy = page.Locator("#measures tbody td").Nth(2);
        await Expect(accuracy).ToHaveTextAsync("0.75");
        await Expect(page.Locator("#steps-plot")).ToHaveAttributeAsync("data-points", "2");

        await page.Locator("#step").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(accuracy).ToHaveTextAsync("0");
        await Expect(page.Locator("#step-value")).ToHaveTextAsync("1");
        Assert.Contains("step=1", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("End");
        await Expect(accuracy).ToHaveTextAsync("0.75");

        // The page stays at the last step, which is now another.
        await LogAsync(Project, "one", Classifier(3, [[0.1], [0.2], [0.7], [0.8]]));
        await Expect(page.Locator("#steps-plot")).ToHaveAttributeAsync("data-points", "3");
        await Expect(accuracy).ToHaveTextAsync("1");
        await page.Locator("#measure").SelectOptionAsync("auc_macro");
        Assert.Contains("measure=auc_macro", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regression_Logged_ShowsWhatIsLeftOver()
    {
        const string Project = "predictions/regression";
        await LogAsync(Project, "one", new { type = "predictions", tag = "price", step = 1, targets = new[] { [1.0, 7], [2, 7], new[] { 3.0, 7 } }, scores = new[] { [1.5, 6], [2, 7], new[] { 2.5, 8 } }, ids = new[] { "a", "b", "c" } });
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;

        await Expect(page.Locator("#fitted-words")).ToHaveTextAsync("R² 0.75 · MAE 0.3333 · RMSE 0.4082");
        await Expect(page.Locator("#fitted .points path.point")).ToHaveCountAsync(3);
        await Expect(page.Locator("#residuals .points path.point")).ToHaveCountAsync(3);
        await Expect(page.Locator("#histogram .bars path").First).ToBeAttachedAsync();
        await Expect(page.Locator("#classification")).ToBeHiddenAsync();
        await page.Locator("#output").SelectOptionAsync("1");
        await Expect(page.Locator("#regression-note")).ToContainTextAsync("All targets are equal");
        await Expect(page.Locator("#fitted-words")).ToContainTextAsync("R² –");
    }

    [Fact]
    public async Task Curves_ThatCannotBeDrawn_SayWhyInTheirPlace()
    {
        const string Project = "predictions/odd";
        var wide = Enumerable.Range(0, 150).Select(at => at == 3 ? 2.0 : 1).ToArray();
        await LogAsync(Project, "one",
            new { type = "predictions", tag = "alone", step = 1, labels = new[] { 1, 1 }, scores = new[] { new[] { 0.2 }, [0.9] } },
            new { type = "predictions", tag = "logits", step = 1, labels = new[] { 0, 1, 0 }, scores = new[] { [3.0, -1], [0, 2], new object[] { "NaN", 1 } } },
            new { type = "predictions", tag = "many", step = 1, labels = new[] { 0, 1 }, scores = new[] { wide, wide } });
        await using var watched = await OpenAsync(Project, "&tag=alone");
        var page = watched.Page;

        await Expect(page.Locator("#roc .plot-reason")).ToContainTextAsync("All samples are of one class");
        await Expect(page.Locator("#operating-note")).ToContainTextAsync("no threshold");
        await Expect(page.Locator("#classes-notes")).ToContainTextAsync("Without samples, so no recall, curve or area: class 0.");
        await page.Locator("#tag").SelectOptionAsync("logits");
        await Expect(page.Locator("#calibration .plot-reason")).ToContainTextAsync("not probabilities");
        await Expect(page.Locator("#measures-notes")).ToContainTextAsync("Samples left out because a score is NaN: 1.");
        await Expect(page.Locator("#roc .plot-reason")).ToBeHiddenAsync();
        await page.Locator("#tag").SelectOptionAsync("many");
        await Expect(page.Locator("#confusion .plot-reason")).ToContainTextAsync("150 classes are too many for a matrix");
        await Expect(page.Locator(".mistake")).ToHaveCountAsync(2);
        // A class beyond those at hand is asked for alone.
        await page.Locator("#class").SelectOptionAsync("149");
        await Expect(page.Locator("#roc .plot-reason")).ToContainTextAsync("Without samples");
    }

    [Fact]
    public async Task Page_WithoutPredictions_SaysHowToLogThem()
    {
        await Server.PushAsync("predictions/none", "r", "loss", [1], _ => 1);
        await using var watched = await OpenAsync("predictions/none");

        await Expect(watched.Page.Locator("#predictions-no-data")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator("#predictions-no-data pre")).ToContainTextAsync("run.log_predictions(");
        await Expect(watched.Page.Locator("#predictions-common")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Exports_OfCurvesAndMatrix_HoldWhatIsShown()
    {
        const string Project = "predictions/export";
        await TextbookAsync(Project, "one");
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#confusion")).ToHaveAttributeAsync("data-drawn", "2");

        var roc = (await SaveAsync("roc", "csv")).Split('\n');
        Assert.Equal("run_id,run,fpr,tpr,threshold", roc[0]);
        Assert.EndsWith(",one,0.5,1,0.35", roc[4], StringComparison.Ordinal);
        Assert.Contains("True positive rate", await SaveAsync("roc", "svg"), StringComparison.Ordinal);
        var matrix = await SaveAsync("confusion", "svg");
        Assert.StartsWith("<svg", matrix, StringComparison.Ordinal);
        Assert.Matches(new Regex(">100%<"), matrix);
        Assert.Contains("no,no,2", await SaveAsync("confusion", "csv"), StringComparison.Ordinal);
        Assert.Contains("accuracy", await SaveAsync("steps", "csv"), StringComparison.Ordinal);
        Assert.Contains("<svg", await SaveAsync("steps", "svg"), StringComparison.Ordinal);

        async Task<string> SaveAsync(string card, string format)
        {
            await page.Locator($"#{card}-tools summary").ClickAsync();
            var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator($"#{card}-tools [data-export='{format}']").ClickAsync());
            return await File.ReadAllTextAsync(await saved.PathAsync());
        }
    }

    private static object Classifier(int step, double[][] scores) => new { type = "predictions", tag = "val", step, labels = new[] { 0, 0, 1, 1 }, scores };

    private static async Task<string> CountsAsync(IPage page)
    {
        await Expect(page.Locator("#operating")).ToHaveAttributeAsync("data-exact", "true");
        return string.Join(' ', (await page.Locator("#operating-counts tbody td").AllTextContentsAsync()).Select(text => text.Trim()));
    }

    private Task<string> TextbookAsync(string project, string run, bool sprite = false) => LogAsync(project, run, new
    {
        type = "predictions",
        tag = "val",
        step = 1,
        labels = new[] { 0, 0, 1, 1 },
        scores = new[] { new[] { 0.1 }, [0.4], [0.35], [0.8] },
        losses = new[] { 0.105, 0.511, 1.05, 0.223 },
        ids = new[] { "a.png", "b.png", "c.png", "d.png" },
        classes = new[] { "no", "yes" },
        sprite = sprite ? new { name = "sprites/val.png", width = 2, height = 2 } : null,
    });

    private async Task<string> LogAsync(string project, string run, params object[] events) =>
        (await Server.PostAsync("api/v1/events", new { project, run, events }))["run_id"]!.GetValue<string>();

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}predictions?project={Uri.EscapeDataString(project)}{more}", width, height);
}
