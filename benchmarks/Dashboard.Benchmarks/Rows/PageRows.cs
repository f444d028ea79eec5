using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks;

/// <summary>What a reader waits for in the browser: first charts, a zoom, a hundred thousand tags, and how a page bears fifty runs that stream.</summary>
internal static class PageRows
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Runs = 50;
    private const int Tags = 12;
    private const int Steps = 1000;
    private const int ManyTags = 100_000;
    private const int LongSeries = 1_000_000;
    private const int ColdLoads = 7;
    private const int Zooms = 20;
    private const int StreamSeconds = 60;

    /// <summary>Charts with something drawn in them.</summary>
    private const string Drawn = "() => [...document.querySelectorAll('.plot')].filter((e) => e.lossboardChart?.state().runs.length > 0 && e.lossboardChart.state().drawable).length";

    private static readonly PageWaitForFunctionOptions Patience = new() { Timeout = 60_000, PollingInterval = 10 };

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        if (!File.Exists(Chromium))
            return [Figure.Info("pages in Chromium", "not measured", $"{Chromium} is missing: apt-get install chromium")];
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        await FillAsync(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium });
        var figures = new List<Figure>();
        figures.AddRange(await FirstChartsAsync(server, browser));
        figures.Add(await ManyTagsAsync(server, browser));
        figures.Add(await ZoomAsync(server, browser));
        figures.AddRange(await StreamAsync(server, browser));
        return figures;
    }

    private static async Task FillAsync(ServerProcess server)
    {
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var events = Enumerable.Range(0, Tags).Select(tag => Scalars($"train/metric-{tag}", 0, Steps, random));
            await PostAsync(server, "grid", $"run-{run}", events);
        }

        var many = new Random(1);
        for (var from = 0; from < ManyTags; from += 5000)
            await PostAsync(server, "many", "run", Enumerable.Range(from, 5000).Select(tag => Scalars($"group-{tag % 100}/layer-{tag}", 0, 2, many)));
        SeriesBuilder.Build(server, "long", LongSeries, 60);
    }

    private static async Task<IEnumerable<Figure>> FirstChartsAsync(ServerProcess server, IBrowser browser)
    {
        var times = new List<double>();
        double bytes = 0;
        // The first load warms the server's code, not the browser's cache: each load has a context of its own.
        for (var load = 0; load <= ColdLoads; load++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1200 } });
            var page = await context.NewPageAsync();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(At(server, "grid"), new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync($"() => ({Drawn})() >= {Tags}", null, Patience);
            await page.EvaluateAsync("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
            if (load > 0)
                times.Add(clock.Elapsed.TotalMilliseconds);
            bytes = await page.EvaluateAsync<double>(
                "() => performance.getEntriesByType('resource').filter((e) => /\\.(js|css)(\\?|$)/.test(e.name)).reduce((sum, e) => sum + e.encodedBodySize, 0)");
        }

        var all = new Percentiles(times);
        return
        [
            Figure.AtMost($"first charts, {Runs} runs × {Tags} cards, cold browser", 1500, all.At(50), "ms", $"{all}; from navigation to the frame after the last of {Tags} charts"),
            Figure.AtMost("JavaScript and CSS before the first chart, compressed", 600, bytes / 1024, "KiB", "all scripts and styles that the page loaded, as they came over the wire"),
        ];
    }

    private static async Task<Figure> ManyTagsAsync(ServerProcess server, IBrowser browser)
    {
        var times = new List<double>();
        for (var load = 0; load < 3; load++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(At(server, "many"), new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync($"() => ({Drawn})() >= 3", null, Patience);
            // Usable: the filter answers to a key.
            await page.Locator("#tag-filter").FillAsync("layer-99999$");
            await page.WaitForFunctionAsync("() => document.querySelectorAll('article').length === 1", null, Patience);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        var all = new Percentiles(times);
        return Figure.AtMost($"a run with {Figure.Text(ManyTags)} tags: charts drawn and filtered", 2000, all.At(50), "ms", $"{all}; from navigation until a typed filter left its one card");
    }

    private static async Task<Figure> ZoomAsync(ServerProcess server, IBrowser browser)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, $"/scalars?project=benchmark&runs=all").ToString());
        await page.WaitForFunctionAsync($"() => ({Drawn})() >= 1", null, Patience);
        const string Zoom = """
            async ([from, to]) => {
              const chart = document.querySelector('.plot').lossboardChart;
              const begun = performance.now();
              const params = new URLSearchParams(location.search);
              const tag = document.querySelector('article').dataset.tag;
              params.delete('zoom');
              params.append('zoom', `${from}:${to}:${tag}`);
              history.replaceState(null, '', `?${params}`);
              dispatchEvent(new PopStateEvent('popstate'));
              for (;;) {
                await new Promise(requestAnimationFrame);
                const inside = chart.drawn()[0].xs.filter((step) => step >= from && step <= to);
                if (chart.view().window?.[0] === from && chart.windowed && inside.length >= 150) break;
                if (performance.now() - begun > 20000) throw new Error('The window did not come.');
              }
              await new Promise(requestAnimationFrame);
              return performance.now() - begun;
            }
            """;
        var random = new Random(2);
        var times = new List<double>();
        for (var zoom = 0; zoom < Zooms; zoom++)
        {
            var width = (int)Math.Pow(10, 3 + 2 * random.NextDouble());
            var from = random.Next(LongSeries - width);
            times.Add(await page.EvaluateAsync<double>(Zoom, new[] { from, from + width }));
        }

        var all = new Percentiles(times);
        return Figure.AtMost($"zoom into a series of {Figure.Text(LongSeries)} points, true window drawn, p95", 200, all.At(95), "ms", $"{all}; windows of a thousand to a hundred thousand steps at random places");
    }

    private static async Task<IEnumerable<Figure>> StreamAsync(ServerProcess server, IBrowser browser)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.GotoAsync(At(server, "grid"));
        await page.WaitForFunctionAsync($"() => ({Drawn})() >= 9", null, Patience);
        await page.EvaluateAsync("() => { window.long = []; new PerformanceObserver((list) => list.getEntries().forEach((e) => window.long.push(e.duration))).observe({ type: 'longtask' }); }");
        var session = await page.Context.NewCDPSessionAsync(page);
        var before = await HeapAsync(session);
        var random = new Random(3);
        var clock = Stopwatch.StartNew();
        // Ten points a second and run, in a request a run and second, the requests spread over the second as jobs of their own would be.
        for (var request = 0; request < StreamSeconds * Runs; request++)
        {
            var due = TimeSpan.FromSeconds(request / (double)Runs);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            var second = request / Runs;
            await PostAsync(server, "grid", $"run-{request % Runs}", Enumerable.Range(0, Tags).Select(tag => Scalars($"train/metric-{tag}", Steps + second * 10, 10, random)));
        }

        var tasks = await page.EvaluateAsync<double[]>("() => window.long");
        var after = await HeapAsync(session);
        var worst = tasks.Length == 0 ? 0 : tasks.Max();
        return
        [
            Figure.AtMost($"longest task while {Runs} runs stream 10 steps a second", 100, Math.Max(worst, 1), "ms",
                $"{tasks.Length} tasks over 50 ms in {StreamSeconds} s, {tasks.Count(task => task > 100)} over 100; {Tags} tags a run, generator and server on the same two cores"),
            Figure.Info("memory of that page after a collection", $"{Figure.Text(before)} → {Figure.Text(after)} MiB", $"before and after {StreamSeconds} s of it; {Figure.Text(StreamSeconds * 10 * Runs * Tags)} points came"),
        ];
    }

    private static async Task<double> HeapAsync(ICDPSession session)
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
        return usage.GetProperty("usedSize").GetDouble() / (1 << 20);
    }

    private static string At(ServerProcess server, string project) => new Uri(server.Address, $"/scalars?project={project}&runs=all").ToString();

    private static object Scalars(string tag, int from, int count, Random random) => new
    {
        type = "scalars",
        tag,
        steps = Enumerable.Range(from, count).ToArray(),
        values = Enumerable.Range(from, count).Select(step => Math.Exp(-step / 400.0) + random.NextDouble() * 0.1).ToArray(),
    };

    private static async Task PostAsync(ServerProcess server, string project, string run, IEnumerable<object> events)
    {
        using var answer = await server.Http.PostAsJsonAsync("/api/v1/events", new { project, run, events });
        answer.EnsureSuccessStatusCode();
    }
}
