using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>A member and a stranger, each with a browser of their own, at a server with accounts.</summary>
[Collection(BrowserSuite.Name)]
public sealed class ShareFlowTests(BrowserFixture browser, ElsewhereFixture elsewhere) : IClassFixture<ElsewhereFixture>
{
    private static readonly TimeSpan DarkWithin = TimeSpan.FromSeconds(5);

    private LossboardServer Server => elsewhere.Server;

    [Fact]
    public async Task Link_MadeOpenedElsewhereAndRevoked_ShowsItsRunsAloneAndThenNothing()
    {
        var shared = await Server.PushAsync("flow", "shared <b>run</b>", "train/loss", [1, 2, 3], step => 1.0 / step);
        var secret = await Server.PushAsync("flow", "secret", "train/loss", [1, 2, 3], step => step);
        await using var member = await MemberAsync("flow", $"{Server.Address}scalars?project=flow&runs={shared}");
        var link = await MakeAsync(member.Page);

        await using var stranger = await StrangerAsync(link);
        var page = stranger.Page;
        await Expect(page.Locator(".shared-title")).ToContainTextAsync("read-only");
        await stranger.ChartAsync("train/loss", shared, "points.steps.length === 3");
        Assert.DoesNotContain(link.Split('#')[1], page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        await Expect(page.Locator(".rail a[href*='jobs'], .rail a[href*='links'], #share, #search-open, #views-menu")).ToHaveCountAsync(0);
        // Neither back nor the title has the secret.
        Assert.Equal(1, await page.EvaluateAsync<int>("history.length - 1"));
        stranger.MayBeRefused = true;
        Assert.Equal(404, await StatusAsync(page, "GET", $"api/v1/runs/{secret}"));
        Assert.Equal(404, await StatusAsync(page, "GET", $"api/v1/runs/{secret}/scalars?tag=train/loss"));
        Assert.Equal(200, await StatusAsync(page, "GET", $"api/v1/runs/{shared}/scalars?tag=train/loss"));
        Assert.Equal(403, await StatusAsync(page, "PUT", "api/v1/runs"));
        Assert.Equal(403, await StatusAsync(page, "POST", "api/v1/jobs"));
        stranger.MayBeRefused = false;

        // What is pushed arrives by itself.
        await Server.PushAsync("flow", "shared <b>run</b>", "train/loss", [4, 5], step => 1.0 / step);
        await stranger.ChartAsync("train/loss", shared, "points.steps.length === 5");

        stranger.MayBeRefused = true;
        await member.Page.GotoAsync($"{Server.Address}links?project=flow");
        await Expect(member.Page.Locator(".link-card")).ToContainTextAsync("Opened");
        await member.Page.Locator(".link-card .button.danger").ClickAsync();
        await member.Page.Locator("dialog[open] .button.danger").ClickAsync();
        await Expect(member.Page.Locator("#links-empty")).ToBeVisibleAsync();
        var since = Stopwatch.GetTimestamp();
        await Expect(page.Locator("canvas")).ToHaveCountAsync(0);
        var dark = Stopwatch.GetElapsedTime(since);
        Assert.True(dark < DarkWithin, $"The page went dark after {dark.TotalSeconds:0.0} s.");

        // What is left is the page of a link that never was.
        await Expect(page.Locator("#share-gone")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#share-gone")).ToBeVisibleAsync();
        var left = await page.Locator("body").InnerTextAsync();
        foreach (var other in new[] { link, $"{Server.Address}share#{new string('A', 43)}" })
        {
            await using var again = await StrangerAsync(other, mayBeRefused: true);
            await Expect(again.Page.Locator("#share-gone")).ToBeVisibleAsync();
            Assert.Equal(left, await again.Page.Locator("body").InnerTextAsync());
        }
    }

    [Fact]
    public async Task Link_WithPasswordForOneTag_AsksAndShowsThatTagOnAPhone()
    {
        var run = await Server.PushAsync("tags", "r", "train/loss", [1, 2, 3], step => 1.0 / step);
        await Server.PushAsync("tags", "r", "secret/metric", [1, 2, 3], step => step);
        var made = await Server.PostAsync("api/v1/share-links", new
        {
            project = "tags",
            run_ids = new[] { run },
            tags = new[] { "train/loss" },
            view = "/scalars?project=tags",
            password = "correct horse",
            title = "For review",
        });

        await using var stranger = await StrangerAsync(made["url"]!.GetValue<string>(), 390, 844, ColorScheme.Dark, mayBeRefused: true);
        var page = stranger.Page;
        await page.Locator("#share-password input").FillAsync("wrong horse");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#share-password-error")).ToContainTextAsync("not the password");
        await page.Locator("#share-password input").FillAsync("correct horse");
        await page.Keyboard.PressAsync("Enter");

        await stranger.ChartAsync("train/loss", run, "points.steps.length === 3");
        await Expect(page.Locator(".shared-title")).ToContainTextAsync("For review");
        await Expect(page.Locator("article[data-tag]")).ToHaveCountAsync(1);
        Assert.DoesNotContain("secret/metric", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(404, await StatusAsync(page, "GET", $"api/v1/runs/{run}/scalars?tag=secret/metric"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
    }

    [Fact]
    public async Task Embed_OnItsOriginAndOnAnother_IsShownThereAndRefusedHere()
    {
        var run = await Server.PushAsync("embed", "r", "train/loss", [1, 2, 3], step => 1.0 / step);
        await using var wiki = new FramePage();
        await using var other = new FramePage();
        var made = await Server.PostAsync("api/v1/share-links", new
        {
            project = "embed",
            run_ids = new[] { run },
            view = "/scalars?project=embed&card=train%2Floss",
            embed_origins = new[] { wiki.Origin },
        });
        wiki.Framed = other.Framed = made["embed_url"]!.GetValue<string>();

        await using var reader = await StrangerAsync(wiki.Origin + "/");
        var frame = reader.Page.FrameLocator("iframe");
        await Expect(frame.Locator("article[data-tag='train/loss'] canvas").First).ToBeVisibleAsync();
        await Expect(frame.Locator(".topbar, .rail")).ToHaveCountAsync(0);
        var cookie = Assert.Single(await reader.Page.Context.CookiesAsync([Server.Address]));
        Assert.Equal(("lossboard.embed", true, true), (cookie.Name, cookie.HttpOnly, cookie.Secure));
        Assert.Equal("http://127.0.0.1", cookie.PartitionKey);

        // The same browser, with the link's cookie for the first site: the second has none, and may not frame the page anyway.
        reader.MayBeFramed = false;
        await reader.Page.GotoAsync(other.Origin + "/");
        await Expect(frame.Locator("article, #share-page")).ToHaveCountAsync(0);
        Assert.Contains(reader.Refusals, text => text.Contains("frame-ancestors", StringComparison.Ordinal));
        other.Framed = $"{Server.Address}scalars?project=embed&embed=1&share={made["id"]!.GetValue<string>()}";
        await reader.Page.ReloadAsync();
        await Expect(frame.Locator("article")).ToHaveCountAsync(0);

        reader.MayBeFramed = true;
        reader.MayBeRefused = true;
        await reader.Page.GotoAsync(wiki.Origin + "/");
        await Expect(frame.Locator("article[data-tag='train/loss'] canvas").First).ToBeVisibleAsync();
        await Server.DeleteAsync($"api/v1/share-links/{made["id"]!.GetValue<string>()}");
        await Expect(frame.GetByText("This link shows nothing")).ToBeVisibleAsync();
        await Expect(frame.Locator("canvas")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Report_SharedWithoutOneOfItsRuns_IsReadByAStrangerAndGoesDarkWithItsFrames()
    {
        var shown = await Server.PushAsync("told", "shown", "train/loss", [1, 2, 3], step => 1.0 / step);
        var unticked = await Server.PushAsync("told", "unticked", "train/loss", [1, 2, 3], step => step);
        await Server.PushAsync("told", "beside", "train/loss", [1, 2, 3], step => step);
        var report = await ReportAsync("told", "Findings",
            new { type = "note", text = "# Said\n\nThe loss **falls**." },
            new { type = "page", path = $"scalars?project=told&runs={shown},{unticked}&card=train%2Floss", title = "The loss" },
            new { type = "page", path = $"scalars?project=told&runs={unticked}&card=train%2Floss", title = "The unticked" },
            new { type = "page", path = "jobs?project=told", title = "The queue" },
            new { type = "page", path = "scalars?project=flow", title = "Elsewhere" });
        var other = await ReportAsync("told", "Not for others");
        await using var member = await MemberAsync("told", $"{Server.Address}reports?project=told&report={report}", "grace");
        var mine = member.Page;
        await Expect(mine.FrameLocator(".block iframe[title='The loss']").Locator("canvas").First).ToBeVisibleAsync();
        var link = await MakeAsync(mine, async dialog =>
        {
            await Expect(dialog).ToContainTextAsync("2 blocks show pages that links do not show");
            await Expect(dialog.Locator(".share-tags")).ToHaveCountAsync(0);
            await dialog.GetByText("2 runs").ClickAsync();
            await Expect(dialog.Locator(".share-runs li")).ToHaveTextAsync(["unticked", "shown"]);
            await dialog.GetByLabel("unticked", new() { Exact = true }).UncheckAsync();
        });

        await using var stranger = await StrangerAsync(link);
        var page = stranger.Page;
        var chart = page.FrameLocator("iframe[title='The loss']").Locator("article[data-tag='train/loss']");
        await Expect(page.Locator(".shared-title")).ToContainTextAsync("For review");
        await Expect(page.Locator("#report-name")).ToHaveTextAsync("Findings");
        await Expect(page.Locator(".block strong")).ToHaveTextAsync("falls");
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();
        Assert.Equal([shown], await chart.Locator(".plot").EvaluateAsync<string[]>("(plot, ids) => ids.filter((id) => plot.lossboardChart.points(id))", new[] { shown, unticked }));
        await Expect(page.FrameLocator("iframe[title='The unticked']").Locator("main")).ToContainTextAsync("No run is shown");
        await Expect(page.Locator(".block iframe")).ToHaveCountAsync(2);
        await Expect(page.GetByText("A link for others does not show this page.")).ToHaveCountAsync(2);
        // Read-only, with the pages beside it that other links have, and a way back to the report.
        await Expect(page.Locator("#report [data-needs]:visible")).ToHaveCountAsync(0);
        await Expect(page.Locator("#report-name")).ToHaveRoleAsync(AriaRole.Heading);
        await Expect(page.Locator(".rail a[aria-current]")).ToHaveAttributeAsync("href", new Regex($"reports.*report={report}"));
        await Expect(page.Locator(".rail a[href*='jobs'], .rail a[href*='links'], #share, #search-open, #views-menu")).ToHaveCountAsync(0);
        stranger.MayBeRefused = true;
        Assert.Equal(404, await StatusAsync(page, "GET", $"api/v1/views/{other}"));
        Assert.Equal(404, await StatusAsync(page, "GET", $"api/v1/runs/{unticked}"));
        Assert.Equal(403, await StatusAsync(page, "GET", "api/v1/views?project=told"));
        Assert.Equal(403, await StatusAsync(page, "PUT", $"api/v1/views/{report}"));
        foreach (var unknown in new[] { $"&report={other}", "" })
        {
            await page.GotoAsync($"{Server.Address}reports?project=told{unknown}");
            await Expect(page.Locator("#report-gone")).ToBeVisibleAsync();
            await Expect(page.Locator("#report-gone a, #page-banner:visible")).ToHaveCountAsync(0);
        }

        // What is written afterwards is read, too.
        await mine.Locator("dialog[open] .share-head button").ClickAsync();
        await mine.Locator("#report-name").FillAsync("Later findings");
        await Expect(mine.Locator("#report-state")).ToHaveTextAsync("Saved");
        await page.Locator(".rail a[href*='report=']").ClickAsync();
        await Expect(page.Locator("#report-name")).ToHaveTextAsync("Later findings");
        await Expect(chart.Locator("canvas").First).ToBeVisibleAsync();

        await mine.GotoAsync($"{Server.Address}links?project=told");
        await Expect(mine.Locator(".link-card")).ToContainTextAsync("For review");
        await mine.Locator(".link-card .button.danger").ClickAsync();
        await mine.Locator("dialog[open] .button.danger").ClickAsync();
        await Expect(mine.Locator("#links-empty")).ToBeVisibleAsync();
        var since = Stopwatch.GetTimestamp();
        await Expect(page.Locator("iframe, #report")).ToHaveCountAsync(0);
        var dark = Stopwatch.GetElapsedTime(since);
        Assert.True(dark < DarkWithin, $"The report went dark after {dark.TotalSeconds:0.0} s.");
        await Expect(page.Locator("#share-gone")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Report_EmbeddedOnItsOriginAndOnAnother_ShowsItsFramesThereAndNothingHere()
    {
        var run = await Server.PushAsync("told/embed", "r", "train/loss", [1, 2, 3], step => 1.0 / step);
        var report = await ReportAsync("told/embed", "Findings", new { type = "note", text = "The loss **falls**." }, new { type = "page", path = "scalars?project=told%2Fembed&card=train%2Floss", title = "The loss" });
        await using var wiki = new FramePage();
        await using var other = new FramePage();
        var made = await Server.PostAsync("api/v1/share-links", new
        {
            project = "told/embed",
            run_ids = new[] { run },
            view = $"/reports?project=told%2Fembed&report={report}",
            embed_origins = new[] { wiki.Origin },
        });
        wiki.Framed = other.Framed = made["embed_url"]!.GetValue<string>();

        await using var reader = await StrangerAsync(wiki.Origin + "/");
        var frame = reader.Page.FrameLocator("iframe");
        await Expect(frame.Locator("#report-name")).ToHaveTextAsync("Findings");
        await Expect(frame.Locator("#report-name")).ToBeVisibleAsync();
        await Expect(frame.Locator(".block strong")).ToHaveTextAsync("falls");
        await Expect(frame.FrameLocator(".block iframe").Locator("article[data-tag='train/loss'] canvas").First).ToBeVisibleAsync();
        await Expect(frame.Locator(".topbar, .rail, #report [data-needs]:visible")).ToHaveCountAsync(0);

        // Another site gets neither the report nor, by its address, a block of it.
        reader.MayBeFramed = false;
        await reader.Page.GotoAsync(other.Origin + "/");
        await Expect(frame.Locator("#report, #share-page")).ToHaveCountAsync(0);
        other.Framed = $"{Server.Address}scalars?project=told%2Fembed&embed=1&share={made["id"]!.GetValue<string>()}";
        await reader.Page.ReloadAsync();
        await Expect(frame.Locator("article")).ToHaveCountAsync(0);
        Assert.Contains(reader.Refusals, text => text.Contains("frame-ancestors", StringComparison.Ordinal));

        reader.MayBeFramed = true;
        reader.MayBeRefused = true;
        await reader.Page.GotoAsync(wiki.Origin + "/");
        await Expect(frame.FrameLocator(".block iframe").Locator("canvas").First).ToBeVisibleAsync();
        await Server.DeleteAsync($"api/v1/share-links/{made["id"]!.GetValue<string>()}");
        await Expect(frame.GetByText("This link shows nothing")).ToBeVisibleAsync();
        await Expect(frame.Locator("iframe, #report")).ToHaveCountAsync(0);
    }

    private async Task<string> ReportAsync(string project, string name, params object[] blocks) =>
        (await Server.PostAsync("api/v1/views", new { project, kind = "report", name, body = new { blocks } }))["id"]!.GetValue<string>();

    private async Task<string> MakeAsync(IPage page, Func<ILocator, Task>? choose = null)
    {
        await page.Locator("#share").ClickAsync();
        if (choose is not null)
            await choose(page.Locator(".share-dialog"));
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("For review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await page.GetByLabel("The link", new() { Exact = true }).InputValueAsync();
        Assert.Matches(new Regex($"^{Regex.Escape(Server.Address)}share#[A-Za-z0-9_-]{{43}}$"), link);
        return link;
    }

    /// <summary>Somebody who was invited as a member of a project, at an address.</summary>
    private async Task<WatchedPage> MemberAsync(string project, string address, string name = "ada")
    {
        var invitation = await Server.PostAsync("api/v1/invitations", new { project, role = "member" });
        var watched = await browser.OpenAsync(invitation["url"]!.GetValue<string>());
        await watched.Page.Locator("#invitation-form [name=name]").FillAsync(name);
        await watched.Page.Locator("#invitation-form [name=password]").FillAsync("correct horse battery staple");
        await watched.Page.Locator("#invitation-go").ClickAsync();
        await Expect(watched.Page.Locator("#account-menu summary")).ToHaveTextAsync(name);
        await watched.Page.GotoAsync(address);
        return watched;
    }

    private async Task<WatchedPage> StrangerAsync(string address, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool mayBeRefused = false)
    {
        var context = await elsewhere.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        context.SetDefaultTimeout(30_000);
        return await WatchedPage.OpenAsync(context, address, mayBeRefused);
    }

    private static Task<int> StatusAsync(IPage page, string method, string path) => page.EvaluateAsync<int>(
        "async ([method, path]) => (await fetch(path, { method, ...(method === 'GET' ? {} : { headers: { 'Content-Type': 'application/json' }, body: '{\"project\":\"flow\",\"run\":\"r\",\"kind\":\"landscape\",\"spec\":{}}' }) })).status",
        new[] { method, path });
}
