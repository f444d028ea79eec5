using System.Text.Json;

namespace Dashboard.Browser.Tests;

/// <summary>Every page, filled, at two widths and in both themes, under axe-core's rules.</summary>
[Collection(BrowserSuite.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private const string Project = "accessibility";

    [Theory]
    [InlineData("", "#projects .project")]
    [InlineData("runs", "#runs-table")]
    [InlineData("scalars", "article canvas")]
    [InlineData("distributions", ".run-row")]
    [InlineData("media", ".run-row")]
    [InlineData("hyperparameters", ".run-row")]
    [InlineData("scatter", ".run-row")]
    [InlineData("gradients", ".gradient-cards[data-ready]")]
    [InlineData("weights", ".run-row")]
    [InlineData("diagnosis", ".said-run")]
    [InlineData("landscapes", ".landscape-plot canvas")]
    [InlineData("predictions", "#classes tbody tr")]
    [InlineData("projections", "#projections-empty")]
    [InlineData("compare", "#compare-table tbody tr")]
    [InlineData("timeline", ".run-row")]
    [InlineData("checkpoints", ".run-row")]
    [InlineData("reports", "#reports-empty")]
    [InlineData("links", "#links-empty")]
    [InlineData("share", "#share-gone")]
    [InlineData("samples", "#labels-table tbody th")]
    [InlineData("keys", ".access-item")]
    [InlineData("audit", "#audit-rows tr")]
    [InlineData("samples", "#list-body tbody tr", "&view=losses")]
    public async Task Page_Filled_HasNoSeriousViolation(string page, string ready, string view = "")
    {
        await FillAsync();
        foreach (var (width, height, scheme) in new[] { (1440, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using var watched = await browser.OpenAsync($"{browser.Server.Address}{page}?project={Project}{view}", width, height, scheme);
            await watched.Page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await watched.Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            var found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"{page} at {width} px, {scheme}:\n{found}");
        }
    }

    [Fact]
    public async Task ShareDialog_Opened_HasNoSeriousViolation()
    {
        await FillAsync();
        foreach (var (width, height, scheme) in new[] { (1440, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using var watched = await browser.OpenAsync($"{browser.Server.Address}scalars?project={Project}", width, height, scheme);
            await watched.Page.Locator("#share").ClickAsync();
            await watched.Page.Locator(".share-what summary").ClickAsync();
            var found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"At {width} px, {scheme}:\n{found}");
        }
    }

    [Theory]
    [InlineData("jobs", ".job-expand")]
    [InlineData("curvature", "#curvature-points button")]
    public async Task PageOfJobs_FilledAndOpened_HasNoSeriousViolation(string page, string opened)
    {
        const string Jobs = "accessibility of jobs";
        await browser.Server.ComputeCurvatureAsync(Jobs);
        foreach (var (width, height, scheme) in new[] { (1440, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using var watched = await browser.OpenAsync($"{browser.Server.Address}{page}?project={Uri.EscapeDataString(Jobs)}", width, height, scheme);
            await watched.Page.Locator(opened).First.ClickAsync();
            await watched.Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            var found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"{page} at {width} px, {scheme}:\n{found}");
            // The dialog over it, with everything unfolded.
            await watched.Page.Locator("[data-new]:visible").First.ClickAsync();
            await watched.Page.Locator(".compute-more summary").ClickAsync();
            found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"dialog of {page} at {width} px, {scheme}:\n{found}");
        }
    }

    [Fact]
    public async Task Features_OfEachKind_HaveNoSeriousViolation()
    {
        var looks = new[]
        {
            ("saliency", FeatureRuns.Saliency(), ".saliency-tile", 1440, ColorScheme.Light),
            ("activations", FeatureRuns.Activations(), ".features-map", 390, ColorScheme.Dark),
            ("gradients", FeatureRuns.Gradients(), "#gradients-rows tr", 1440, ColorScheme.Dark),
        };
        foreach (var (kind, result, ready, width, scheme) in looks)
        {
            var project = $"accessibility of {kind}";
            await browser.Server.LookAsync(project, kind, result);
            await using var watched = await browser.OpenAsync($"{browser.Server.Address}features?project={Uri.EscapeDataString(project)}", width, 900, scheme);
            await watched.Page.Locator(ready).First.WaitForAsync();
            await watched.Page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            var found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"{kind} at {width} px, {scheme}:\n{found}");
        }
    }

    [Fact]
    public async Task Projections_FilledAndPicked_HaveNoSeriousViolation()
    {
        const string Projections = "accessibility of projections";
        var run = await browser.Server.PutEmbeddingAsync(Projections, "net", 0, 100);
        await browser.Server.ProjectAsync(Projections, run, "early", 0);
        var second = await browser.Server.ProjectAsync(Projections, run, "late", 100, degrees: 30);
        foreach (var (width, height, scheme) in new[] { (1440, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            var address = $"{browser.Server.Address}projections?project={Uri.EscapeDataString(Projections)}&pick=3&with={second}&q=n1&selected=0-9&where=not%09label%09cat";
            await using var watched = await browser.OpenAsync(address, width, height, scheme);
            await watched.Page.Locator(".neighbors[aria-busy=false] .neighbor").First.WaitForAsync();
            await ProjectionPictures.PictureAsync(watched.Page, "stats.shown === 40", "b");
            var found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"projections at {width} px, {scheme}:\n{found}");
            await watched.Page.Locator("[data-new]").First.EvaluateAsync("(button) => button.click()");
            await watched.Page.Locator(".compute-words[data-state=known]").WaitForAsync();
            await watched.Page.Locator(".compute-more summary").ClickAsync();
            found = await ViolationsAsync(watched.Page);
            Assert.True(found.Length == 0, $"dialog of projections at {width} px, {scheme}:\n{found}");
        }
    }

    internal static async Task<string> ViolationsAsync(IPage page)
    {
        // Evaluated by the debugger: the page's own policy rightly forbids inline scripts.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(LossboardServer.Root, "node_modules", "axe-core", "axe.min.js")));
        var violations = (await page.EvaluateAsync("""
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] });
              return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`));
            }
            """))!.Value;
        return string.Join('\n', violations.EnumerateArray().Select(violation => violation.GetString()));
    }

    private async Task FillAsync()
    {
        await browser.Server.PostAsync("api/v1/keys", new { name = "accessible", project = Project, role = "write" });
        for (var run = 0; run < 4; run++)
        {
            var name = $"run-{run}";
            var id = await browser.Server.PushAsync(Project, name, "train/loss", Enumerable.Range(0, 40).Select(step => (long)step), step => Math.Exp(-step / 10.0) + run);
            await browser.Server.PostAsync("api/v1/events", new
            {
                project = Project,
                run = name,
                events = new object[]
                {
                    new { type = "predictions", tag = "val", step = 1, labels = new[] { 0, 0, 1, 1 }, scores = new[] { new[] { 0.1 }, [0.4], [0.35], [0.8] } },
                    new { type = "histogram", tag = "weights/conv", step = 1, values = new[] { 0.1, 0.4, -0.3, 0.2 } },
                    new { type = "histogram", tag = "gradients/conv", step = 1, values = new[] { 0.1, 0.4, -0.3, 0.2 } },
                    new { type = "scalars", tag = "gradients/cosine", steps = new[] { 1, 2 }, values = new[] { 0.1, 0.2 } },
                    new { type = "text", tag = "notes", step = 0, text = "# A note\n\nwith **words**" },
                    new { type = "labels", split = "train", counts = new { cat = 900, dog = 100 } },
                    new { type = "labels", split = "val", counts = new { cat = 50, dog = 50 } },
                    new { type = "predictions", tag = "val", step = 1, labels = new[] { 0, 1, 1 }, scores = new[] { new[] { .9, .1 }, [.7, .3], [.2, .8] } },
                    new { type = "predictions", tag = "val", step = 2, labels = new[] { 0, 1, 1 }, scores = new[] { new[] { .4, .6 }, [.6, .4], [.1, .9] } },
                },
            });
            await browser.Server.PutArtifactAsync(id, "slice", "landscape", JsonSerializer.SerializeToUtf8Bytes(Grids.Plane(5, 5, (x, y) => x * x + y * y, path: true, validation: true)));
            await browser.Server.PutRunAsync(Project, name, run == 0 ? "running" : "finished", new { lr = 0.1 / (run + 1), depth = run });
        }
    }
}
