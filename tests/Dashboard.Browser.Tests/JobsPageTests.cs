namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class JobsPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Job_FromWaitingToDone_IsShownAsItGoes(int width, int height)
    {
        var project = FormattableString.Invariant($"jobs/live {width}");
        await PostAsync(project, "my landscape");
        await using var watched = await OpenAsync(project, "", width, height);
        var page = watched.Page;
        var job = page.Locator(".job");
        await Expect(job.Locator(".status")).ToHaveTextAsync("Waiting");

        await using var worker = new StandInWorker(Server.Address, "landscape") { Name = "gpu-box" };
        var taken = await worker.TakeAsync(project);
        await Expect(job.Locator(".status")).ToHaveTextAsync("Running");
        await taken.ReportAsync(0.37, "tile 37 of 100", 42, "Loading model.pt");
        await Expect(job.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "37");
        await Expect(job.Locator(".job-said")).ToHaveTextAsync("about 40 s left · tile 37 of 100");
        await Expect(job.Locator(".job-where")).ToHaveTextAsync("gpu-box · cpu");
        await Expect(page.Locator(".worker", new() { HasText = "gpu-box" }).Locator(".worker-job")).ToHaveTextAsync("my landscape");

        await job.GetByRole(AriaRole.Button, new() { Name = "Details of my landscape" }).ClickAsync();
        await Expect(job.Locator(".job-log li")).ToHaveCountAsync(1);
        await taken.ReportAsync(0.4, log: "Tile 40");
        await Expect(job.Locator(".job-log li").Last).ToContainTextAsync("Tile 40");
        await Expect(job.Locator("dd", new() { HasText = "random, seed 7, normalised by filter" })).ToBeVisibleAsync();
        await Expect(job.Locator("dd", new() { HasText = "11 × 11 points" })).ToBeVisibleAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));

        await taken.FinishAsync(new { x = new[] { 0.0 }, y = new[] { 0.0 }, loss = new[] { new[] { 0.0 } } });
        await Expect(job.Locator(".status")).ToHaveTextAsync("Done");
        await Expect(job.GetByRole(AriaRole.Link, new() { Name = "Open the result of my landscape" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex($"^landscapes\\?project=.*&job={taken.Id}$"));
    }

    [Fact]
    public async Task Job_CancelledRetriedFailedAndRemoved_DoesAsItIsTold()
    {
        const string Project = "jobs/actions";
        await PostAsync(Project, "j");
        await using var worker = new StandInWorker(Server.Address, "landscape");
        var taken = await worker.TakeAsync(Project);
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        var job = page.Locator(".job");

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel j" }).ClickAsync();
        await Expect(job.Locator(".status")).ToHaveTextAsync("Cancelled");
        await Assert.ThrowsAsync<LeaseLostException>(() => taken.ReportAsync(0.5));
        await page.GetByRole(AriaRole.Button, new() { Name = "Try j again" }).ClickAsync();
        await Expect(job.Locator(".status")).ToHaveTextAsync("Waiting");
        taken = await worker.TakeAsync(Project);
        await taken.FailAsync("The module took more than 6.0 GiB.", "out_of_memory", "last words");

        await Expect(job.Locator(".status")).ToHaveTextAsync("Failed");
        await job.Locator(".job-expand").ClickAsync();
        await Expect(job.Locator(".job-error")).ToContainTextAsync("The module took more than 6.0 GiB.");
        await Expect(job.Locator(".job-error")).ToContainTextAsync("smaller batch size");
        await Expect(job.Locator(".job-log")).ToContainTextAsync("last words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove j" }).ClickAsync();
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator("#jobs-empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Link_WithFilterAndOpenJob_ShowsTheSameToATeammate()
    {
        const string Project = "jobs/link";
        await PostAsync(Project, "one");
        var run = await Server.PutModelRunAsync(Project, "r");
        await Server.PostAsync("api/v1/jobs", new { kind = "hessian", project = Project, name = "two", spec = new { model = Of(run, "model.pt"), batch = Of(run, "train.safetensors"), loss = "mse" } });
        await using var mine = await OpenAsync(Project);
        var page = mine.Page;
        await Expect(page.Locator(".job")).ToHaveCountAsync(2);
        await page.Locator("#jobs-filters label", new() { HasText = "Curvature" }).ClickAsync();
        await Expect(page.Locator("#jobs-count")).ToHaveTextAsync("1 of 2 jobs");
        await page.Locator(".job-expand").ClickAsync();

        await using var theirs = await browser.OpenAsync(page.Url);
        await Expect(theirs.Page.Locator(".job")).ToHaveCountAsync(1);
        await Expect(theirs.Page.Locator(".job.expanded .job-name")).ToHaveTextAsync("two");
        await Expect(theirs.Page.Locator(".job-details")).ToContainTextAsync("5 largest, 1 smallest");
        await page.GoBackAsync();
        await Expect(page.Locator(".job.expanded")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(page.Locator(".job")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task OpenPage_ServerKilledAndStartedAgain_Recovers()
    {
        const string Project = "jobs/restart";
        await using var server = await LossboardServer.StartNewAsync();
        var run = await server.PutModelRunAsync(Project, "r");
        await PostAsync(Project, "before", server, run);
        await using var watched = await browser.OpenAsync($"{server.Address}jobs?project={Uri.EscapeDataString(Project)}");
        watched.MayLoseServer = true;
        var page = watched.Page;
        await Expect(page.Locator(".job")).ToHaveCountAsync(1);
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await server.KillAsync();
        await Expect(page.Locator("#live-state")).Not.ToHaveTextAsync("Live");
        await server.StartAsync();
        await PostAsync(Project, "meanwhile", server, run);

        await Expect(page.Locator(".job")).ToHaveCountAsync(2);
        await using var worker = new StandInWorker(server.Address, "landscape");
        await worker.TakeAsync(Project);
        await Expect(page.Locator(".job[data-status='running']")).ToHaveCountAsync(1);
        await Expect(page.Locator("#page-banner")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task ManyJobs_AreShownAtOnceAndStayFluent()
    {
        const string Project = "jobs/many";
        await using var server = await LossboardServer.StartNewAsync();
        var run = await server.PutModelRunAsync(Project, "r");
        for (var at = 0; at < 200; at++)
            await PostAsync(Project, FormattableString.Invariant($"job {at}"), server, run);
        await using var watched = await browser.OpenAsync($"{server.Address}jobs?project={Uri.EscapeDataString(Project)}");
        var page = watched.Page;
        await Expect(page.Locator(".job")).ToHaveCountAsync(200);
        await using var worker = new StandInWorker(server.Address, "landscape");
        var taken = await worker.TakeAsync(Project);
        // The newest last, as they were posted: the one that is taken is the oldest.
        await Expect(page.Locator(".job").Last.Locator(".status")).ToHaveTextAsync("Running");
        await page.EvaluateAsync("() => { window.longest = 0; new PerformanceObserver((list) => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); }).observe({ type: 'longtask' }); }");
        for (var at = 1; at <= 10; at++)
            await taken.ReportAsync(at / 10.0);
        await Expect(page.Locator(".job").Last.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "100");
        // A frame's budget many times over: what is guarded against is a list that is built anew for each report.
        Assert.True(await page.EvaluateAsync<double>("window.longest") < 500);
    }

    private static object Of(string run, string name) => new { run_id = run, name };

    private async Task PostAsync(string project, string name, LossboardServer? server = null, string? run = null)
    {
        server ??= Server;
        run ??= await server.PutModelRunAsync(project, "cnn");
        await server.PostAsync("api/v1/jobs", new
        {
            kind = "landscape",
            project,
            name,
            spec = new
            {
                model = Of(run, "model.pt"),
                batch = Of(run, "train.safetensors"),
                loss = "cross_entropy",
                directions = new { kind = "random", seed = 7 },
                x = new { points = 11 },
                y = new { points = 11 },
            },
        });
    }

    private Task<WatchedPage> OpenAsync(string project, string more = "", int width = 1440, int height = 900) =>
        browser.OpenAsync($"{Server.Address}jobs?project={Uri.EscapeDataString(project)}{more}", width, height);
}
