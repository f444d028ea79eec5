namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class DiagnosisPageTests(BrowserFixture browser)
{
    private static readonly long[] Steps = [.. Enumerable.Range(0, 120).Select(step => (long)step)];

    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Findings_OfADivergingRun_AreSaidAndDrawnOnTheCurve(int width, int height, ColorScheme scheme)
    {
        var project = FormattableString.Invariant($"diagnosis/drawn {width}");
        await Server.PushAsync(project, "wild", "train/loss", Steps, Doubling);
        await using var watched = await OpenAsync(project, "", width, height, scheme);
        var page = watched.Page;
        var card = page.Locator(".finding[data-code='diverging']");
        await Expect(card).ToHaveAttributeAsync("data-severity", "critical");
        await Expect(card.Locator(".finding-sentence")).ToContainTextAsync("train/loss");
        await Expect(card.Locator(".finding-meta")).ToContainTextAsync("sure (");
        await Expect(card.Locator(".finding-try li").First).Not.ToBeEmptyAsync();
        await card.Locator(".finding-plot").ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.finding-plot')?.lossboardChart?.points('train/loss')?.steps.length === 120");
        // The rise spans decades: the axis follows.
        await Expect(card.GetByRole(AriaRole.Switch)).ToBeCheckedAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task Evidence_OnTheCurve_ColoursTheRangeItNames()
    {
        const string Project = "diagnosis/pixels";
        await Server.PushAsync(Project, "lost", "train/loss", Steps, step => step < 80 ? 1 + Math.Exp(-step / 20.0) : double.NaN);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator(".finding[data-code='non_finite']")).ToBeVisibleAsync();
        // Reddish to the right of step 80, the card's own grey to the left of it.
        await page.WaitForFunctionAsync("""
            () => {
              const canvas = document.querySelector(".finding[data-code='non_finite'] canvas");
              if (!canvas) return false;
              const tint = (share) => { const [r, g] = canvas.getContext('2d').getImageData(canvas.width * share, canvas.height * 0.5, 1, 1).data; return r - g; };
              return tint(0.9) > 10 && Math.abs(tint(0.3)) < 10;
            }
            """);
    }

    [Fact]
    public async Task Healthy_Run_SaysPlainlyThatThereIsNothing()
    {
        const string Project = "diagnosis/healthy";
        await Server.PutRunAsync(Project, "fresh", "running");
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator("#diagnosis-healthy")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator(".said-nothing")).ToHaveTextAsync("Nothing to report.");
        await Expect(watched.Page.Locator("#more-signals")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Findings_OfARunThatTrains_ComeLive()
    {
        const string Project = "diagnosis/live";
        await Server.PushAsync(Project, "live", "train/loss", Steps[..40], Doubling);
        await using var watched = await OpenAsync(Project);
        await Expect(watched.Page.Locator(".said-run")).ToHaveCountAsync(1);
        await Expect(watched.Page.Locator("#findings")).ToHaveAttributeAsync("aria-busy", "false");
        await Expect(watched.Page.Locator(".finding[data-code='diverging']")).ToHaveCountAsync(0);
        await Server.PushAsync(Project, "live", "train/loss", Steps[40..], Doubling);
        await Expect(watched.Page.Locator(".finding[data-code='diverging']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Filters_AreInTheAddressAndBackUndoesThem()
    {
        const string Project = "diagnosis/filters";
        await TwoRunsAsync(Project);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator(".finding[data-code='class_imbalance']")).ToBeVisibleAsync();
        await page.Locator("#filter-severity").SelectOptionAsync("critical");
        await Expect(page.Locator(".finding[data-code='class_imbalance']")).ToHaveCountAsync(0);
        await Expect(page.Locator(".finding[data-code='diverging']")).ToBeVisibleAsync();
        Assert.Contains("severity=critical", page.Url, StringComparison.Ordinal);
        await page.GoBackAsync();
        await Expect(page.Locator(".finding[data-code='class_imbalance']")).ToBeVisibleAsync();
        await page.Locator("#filter-code").SelectOptionAsync("class_imbalance");
        await Expect(page.Locator(".finding")).ToHaveCountAsync(1);
        await Expect(page.Locator(".finding-counts tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task ScalarsLink_OfAFinding_OpensItsCurveAtItsWindow()
    {
        const string Project = "diagnosis/link";
        await Server.PushAsync(Project, "r", "train/loss", Steps, Doubling);
        await Server.PushAsync(Project, "r", "other", Steps, step => step);
        await using var watched = await OpenAsync(Project);
        await watched.Page.Locator(".finding[data-code='diverging']").GetByText("Open in Scalars").ClickAsync();
        await Expect(watched.Page.Locator("article[data-tag='train/loss']")).ToBeVisibleAsync();
        await Expect(watched.Page.Locator("article[data-tag='other']")).ToHaveCountAsync(0);
        Assert.Contains("zoom=", watched.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_SwitchedOffAndSaved_IsInForceForTheFindings()
    {
        const string Project = "diagnosis/rules";
        await TwoRunsAsync(Project);
        await using var watched = await OpenAsync(Project, "&tab=rules");
        var page = watched.Page;
        var rule = page.Locator(".rule[data-rule='class_imbalance']");
        await Expect(page.Locator("#rules-save")).ToBeDisabledAsync();
        await rule.GetByRole(AriaRole.Switch).UncheckAsync();
        await Expect(rule).ToHaveAttributeAsync("data-enabled", "false");
        await page.Locator("#rules-save").ClickAsync();
        await Expect(page.Locator("#rules-save")).ToBeDisabledAsync();
        await page.Locator("#tab-findings").ClickAsync();
        await Expect(page.Locator(".finding[data-code='diverging']")).ToBeVisibleAsync();
        await Expect(page.Locator(".finding[data-code='class_imbalance']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Rule_OfOnesOwn_IsCheckedTriedAndUsed()
    {
        const string Project = "diagnosis/own";
        await Server.PushAsync(Project, "r", "train/loss", Steps, Doubling);
        await using var watched = await OpenAsync(Project, "&tab=rules");
        watched.MayBeRefused = true;
        var page = watched.Page;
        await page.Locator("#rules-add").ClickAsync();
        var text = page.Locator("textarea.rule-json");
        var template = await text.InputValueAsync();
        // As it is offered it can be used.
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Expect(page.Locator(".rule-note")).ToHaveTextAsync("The rule can be used.");
        await text.FillAsync(template.Replace("points >= fewest", "pints >= fewest", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await Expect(page.Locator(".rule-note.bad")).ToContainTextAsync("/rules/0/when");
        await text.FillAsync(template.Replace("slow_start", "high_loss", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await Expect(page.Locator(".rule[data-rule='my_rule']")).ToBeVisibleAsync();
        await page.Locator("#rules-try").ClickAsync();
        await Expect(page.Locator(".rules-tried")).ToContainTextAsync("high_loss");
        await page.Locator("#rules-save").ClickAsync();
        await Expect(page.Locator("#rules-save")).ToBeDisabledAsync();
        await page.Locator("#tab-findings").ClickAsync();
        await Expect(page.Locator(".finding[data-code='high_loss']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Alerts_SavedWithABadAddress_SayWhatIsWrongThenTestReachesNobody()
    {
        const string Project = "diagnosis/alerts";
        await Server.PutRunAsync(Project, "r", "running");
        await using var watched = await OpenAsync(Project, "&tab=alerts");
        watched.MayBeRefused = true;
        var page = watched.Page;
        await page.Locator("#alert-url").FillAsync("ftp://example.org");
        await page.Locator("#alerts-save").ClickAsync();
        await Expect(page.Locator("[data-for='alert-url']")).ToContainTextAsync("http");
        await page.Locator("[data-test='webhook']").ClickAsync();
        await Expect(page.Locator(".alert-tested")).ToContainTextAsync("Save first");
        // The discard port: nobody listens there.
        await page.Locator("#alert-url").FillAsync("http://127.0.0.1:9/");
        await page.Locator("#alerts-save").ClickAsync();
        await Expect(page.Locator("#toasts")).ToContainTextAsync("Saved");
        await page.Locator("[data-test='webhook']").ClickAsync();
        await Expect(page.Locator(".alert-tested")).ToContainTextAsync("did not arrive");
        await page.ReloadAsync();
        await Expect(page.Locator("#alert-url")).ToHaveValueAsync("http://127.0.0.1:9/");
        await Expect(page.Locator("#alert-log")).ToContainTextAsync("Nothing was sent yet");
    }

    [Fact]
    public async Task RunsTable_OfADivergingRun_HasABadgeThatLeadsHere()
    {
        const string Project = "diagnosis/badge";
        await Server.PushAsync(Project, "wild", "train/loss", Steps, Doubling);
        await Server.PushAsync(Project, "calm", "train/loss", Steps, step => 0.3 + (2 * Math.Exp(-step / 24.0)));
        await using var watched = await browser.OpenAsync($"{Server.Address}runs?project={Uri.EscapeDataString(Project)}");
        var badge = watched.Page.Locator(".run-badge:visible");
        await Expect(badge).ToHaveCountAsync(1);
        await Expect(badge).ToHaveAttributeAsync("data-severity", "critical");
        await badge.ClickAsync();
        await Expect(watched.Page.Locator(".finding[data-code='diverging']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_InChinese_SaysFindingsInChinese()
    {
        const string Project = "diagnosis/chinese";
        await Server.PushAsync(Project, "r", "train/loss", Steps, Doubling);
        await using var watched = await OpenAsync(Project);
        await watched.Page.Locator("#language-menu summary").ClickAsync();
        await watched.Page.Locator("[data-language='zh']").ClickAsync();
        await Expect(watched.Page.Locator(".finding[data-code='diverging'] .finding-name")).ToHaveTextAsync("发散");
        await Expect(watched.Page.Locator(".finding[data-code='diverging'] .finding-sentence")).ToContainTextAsync("步");
    }

    // Falls for sixty steps, then doubles every eight.
    private static double Doubling(long step) => step < 60 ? 0.3 + (2 * Math.Exp(-step / 12.0)) : 0.35 * Math.Pow(2, (step - 60) / 8.0);

    private async Task TwoRunsAsync(string project)
    {
        await Server.PushAsync(project, "wild", "train/loss", Steps, Doubling);
        await Server.PostAsync("api/v1/events", new { project, run = "uneven", events = new[] { new { type = "labels", split = "train", counts = new { cat = 980, dog = 20 } } } });
    }

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light) =>
        browser.OpenAsync($"{Server.Address}diagnosis?project={Uri.EscapeDataString(project)}{more}", width, height, scheme);
}
