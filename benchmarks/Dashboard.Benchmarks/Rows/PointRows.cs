using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks;

/// <summary>The Projections page with many points: what a reader waits for until they are drawn, and until the one under the pointer is told.</summary>
internal static class PointRows
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Project = "points";
    private const int Columns = 8;
    private const int Classes = 20;
    private const int ColdLoads = 5;
    private const int Hovers = 200;
    private static readonly PageWaitForFunctionOptions Patience = new() { Timeout = 120_000, PollingInterval = 10 };

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        if (!File.Exists(Chromium))
            return [Figure.Info("points in Chromium", "not measured", $"{Chromium} is missing: apt-get install chromium")];
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium });
        var figures = new List<Figure>();
        foreach (var rows in new[] { 100_000, 1_000_000 })
            figures.AddRange(await OneAsync(server, browser, rows));
        return figures;
    }

    private static async Task<IEnumerable<Figure>> OneAsync(ServerProcess server, IBrowser browser, int rows)
    {
        var job = await ProjectAsync(server, rows);
        var (paints, colours, hovers) = (new List<double>(), new List<double>(), new List<double>());
        var renderer = "";
        // The first load warms the server's code and its tables, not the browser's cache: each load has a context of its own.
        for (var load = 0; load <= ColdLoads; load++)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(new Uri(server.Address, $"/projections?project={Project}&job={job}").ToString(), new() { WaitUntil = WaitUntilState.Commit });
            await page.WaitForFunctionAsync($"() => document.querySelector('.projection-plot')?.lossboardPoints?.stats().drawn === {rows}", null, Patience);
            var paint = clock.Elapsed.TotalMilliseconds;
            await page.WaitForFunctionAsync($"() => document.querySelectorAll('.category').length === {Classes}", null, Patience);
            var colour = clock.Elapsed.TotalMilliseconds;
            await page.Locator("[data-key=trustworthiness]").WaitForAsync();
            if (load == 0)
                continue;
            paints.Add(paint);
            colours.Add(colour);
            if (load == 1)
            {
                hovers.AddRange(await HoverAsync(page));
                renderer = await page.EvaluateAsync<string>("() => document.querySelector('.projection-plot').lossboardPoints.rendererName");
            }
        }

        var (paintTimes, hoverTimes) = (new Percentiles(paints), new Percentiles(hovers));
        var many = Figure.Text(rows);
        var how = $"{paintTimes}; from navigation, cold browser, drawn by {renderer}; with classes and their counts {Figure.Text(new Percentiles(colours).At(50))} ms";
        var hover = $"{hoverTimes}; from the pointer's event until the frame with the point and its metadata is done";
        return rows == 100_000
            ? [Figure.AtMost($"{many} points: first paint", 1500, paintTimes.At(50), "ms", how), Figure.AtMost($"{many} points: hover", 50, hoverTimes.At(95), "ms", hover)]
            : [Figure.Info($"{many} points: first paint", $"{Figure.Text(paintTimes.At(50))} ms", how), Figure.Info($"{many} points: hover", $"{Figure.Text(hoverTimes.At(95))} ms", hover)];
    }

    private static Task<double[]> HoverAsync(IPage page) => page.EvaluateAsync<double[]>($$"""
        async () => {
          const plot = document.querySelector('.projection-plot');
          const points = plot.lossboardPoints;
          const { left, top, width, height } = plot.getBoundingClientRect();
          const target = document.elementFromPoint(left + width / 2, top + height / 2);
          const times = [];
          for (let i = 0; i < {{Hovers}}; i++) {
            const { x, y } = points.placeOf((i * 7919) % points.stats().rows);
            const from = performance.now();
            target.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse' }));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            times.push(performance.now() - from);
          }
          return times;
        }
        """);

    // A worker played here, so that nothing but the page is waited for: twenty clouds, with a class, a number and an id for each point.
    private static async Task<string> ProjectAsync(ServerProcess server, int rows)
    {
        var random = new Random(1);
        var run = (await PostAsync(server, "/api/v1/events", new { project = Project, run = $"{rows}", events = new[] { new { type = "scalar", tag = "loss", step = 0, value = 1.0 } } }))["run_id"]!.GetValue<string>();
        var vectors = Enumerable.Range(0, rows * Columns).Select(_ => random.NextSingle()).ToArray();
        var header = Encoding.UTF8.GetBytes($$$"""{"vectors":{"dtype":"F32","shape":[{{{rows}}},{{{Columns}}}],"data_offsets":[0,{{{rows * Columns * 4}}}]}}""");
        await PutAsync(server, run, "vectors.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header, .. MemoryMarshal.AsBytes(vectors.AsSpan())]);
        var table = new StringBuilder("label\tconfidence\tid\n");
        for (var row = 0; row < rows; row++)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"class {row % Classes}\t{random.NextDouble():0.0000}\tsample-{row}\n");
        await PutAsync(server, run, "metadata.tsv", Encoding.UTF8.GetBytes(table.ToString()));
        var spec = new { artifact = new { run_id = run, name = "vectors.safetensors" }, metadata = new { run_id = run, name = "metadata.tsv" }, method = "umap" };
        var job = (await PostAsync(server, "/api/v1/jobs", new { kind = "projection", project = Project, spec }))["id"]!.GetValue<string>();
        var lease = await PostAsync(server, "/api/v1/workers/lease", new { worker_id = "played", name = "played", lane = "cpu", lanes = new[] { "cpu" }, kinds = new[] { "projection" }, engine = "played", wait_seconds = 10 });
        var centres = Enumerable.Range(0, Classes).Select(_ => (X: random.NextSingle() * 40, Y: random.NextSingle() * 40)).ToArray();
        var coordinates = Enumerable.Range(0, rows).Select(row => new[] { centres[row % Classes].X + Normal(random), centres[row % Classes].Y + Normal(random) });
        var result = new { coordinates, rows, columns = Columns, trustworthiness = 0.97, preservation = 0.4, quality_points = 5000, device = "cpu", seconds = 1.0 };
        await PostAsync(server, $"/api/v1/jobs/{job}/finish", new { token = lease["token"]!.GetValue<long>(), backend = "cpu", result });
        return job;
    }

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static async Task<JsonObject> PostAsync(ServerProcess server, string path, object body)
    {
        using var answer = await server.Http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    private static async Task PutAsync(ServerProcess server, string run, string name, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.Add("Artifact-Type", "file");
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
