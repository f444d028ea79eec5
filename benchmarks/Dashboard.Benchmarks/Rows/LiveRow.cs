using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks;

/// <summary>From the POST of a point to the animation frame after the one that drew it, in a real Chromium.</summary>
internal static class LiveRow
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Posts = 100;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    /// <summary>Notes, for each frame, the newest step that the chart's data holds; the frame after it is when that can be seen.</summary>
    private const string Watch = """
        () => {
          const chart = [...document.querySelectorAll('*')].map((e) => e.lossboardChart).find(Boolean);
          window.seen = {};
          let held = -1;
          const frame = () => {
            const now = performance.timeOrigin + performance.now();
            if (held >= 0 && !(held in window.seen)) window.seen[held] = now;
            held = chart.state().runs[0]?.step ?? -1;
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }
        """;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        if (!File.Exists(Chromium))
            return [Figure.Info("POST to pixel, live, in Chromium", "not measured", $"{Chromium} is missing: apt-get install chromium")];
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium });
        var page = await browser.NewPageAsync();
        for (var step = 0; step < 10; step++)
            await PostAsync(server, step);
        await page.GotoAsync(new Uri(server.Address, "/scalars?project=live&runs=all").ToString());
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('*')].some((e) => e.lossboardChart?.state().runs[0]?.step === 9)");
        await page.EvaluateAsync(Watch);
        var offset = await ClockOffsetAsync(page);

        var posted = new Dictionary<int, double>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Posts; i++)
        {
            var due = Every * i;
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            posted[10 + i] = Now();
            await PostAsync(server, 10 + i);
        }

        await page.WaitForFunctionAsync("(last) => last in window.seen", 9 + Posts, new PageWaitForFunctionOptions { Timeout = 10_000 });
        var seen = await page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
        var times = new Percentiles(posted.Where(p => seen.ContainsKey(Text(p.Key))).Select(p => seen[Text(p.Key)] - offset - p.Value));
        var how = $"{times}; a point every 200 ms, {Posts - times.Count} of {Posts} drawn together with a later one; ends at the animation frame after the one that found it in the chart";
        return [Figure.AtMost("POST to pixel, live, in Chromium, p95", 150, times.At(95), "ms", how)];
    }

    private static string Text(int step) => step.ToString(CultureInfo.InvariantCulture);

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private static async Task PostAsync(ServerProcess server, int step)
    {
        using var answer = await server.Http.PostAsJsonAsync("/api/v1/events", new
        {
            project = "live",
            run = "run",
            events = new[] { new { type = "scalar", tag = "train/loss", step, value = 1.0 / (1 + step) } },
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How far the page's clock is ahead of this process's, from the quickest of several questions; good to half of its time.</summary>
    private static async Task<double> ClockOffsetAsync(IPage page)
    {
        var (best, offset) = (double.MaxValue, 0.0);
        for (var i = 0; i < 20; i++)
        {
            var before = Now();
            var there = await page.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()");
            var after = Now();
            if (after - before < best)
                (best, offset) = (after - before, there - (before + after) / 2);
        }

        return offset;
    }
}
