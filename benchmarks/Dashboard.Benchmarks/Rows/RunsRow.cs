using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>Ten thousand runs listed, searched and sorted, and the tags of many runs.</summary>
internal static class RunsRow
{
    private const int Runs = 10_000;
    private const int ConfigKeys = 20;
    private const int Metrics = 30;
    private const int ManyTags = 100_000;
    private const int TagsABatch = 10_000;
    private const int Times = 100;

    private static readonly string[] Models = ["cnn", "resnet", "vit"];

    private static readonly (string What, string Body)[] Tables =
    [
        ("list, 1,000 of them", """{"project":"many"}"""),
        ("search", """{"project":"many","query":"config.lr < 0.01 and summary(\"val/loss\").min < 0.3 and name ~ \"cnn\""}"""),
        ("sort by a metric, the first 100", """{"project":"many","limit":100,"sort":[{"by":"summary(\"val/loss\").min"}]}"""),
        ("sort by three values, 100 with six columns", """
            {"project":"many","limit":100,"sort":[{"by":"config.bs"},{"by":"config.k3","descending":true},{"by":"summary(\"metric/4\").max"}],
             "columns":["config.lr","config.bs","duration","tags","summary(\"val/loss\").min","summary(\"metric/9\").last"]}
            """),
        ("all of them with four columns", """{"project":"many","limit":20000,"columns":["config.lr","config.bs","duration","summary(\"val/loss\").min"]}"""),
    ];

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        var figures = new List<Figure>();
        using var data = new DataFolder();
        await using (var server = await ServerProcess.StartAsync(options.Root, data.Path))
        {
            var clock = Stopwatch.StartNew();
            await FillAsync(server, options.Connections);
            figures.Add(Figure.Info($"making {Figure.Text(Runs)} runs", $"{Figure.Text(clock.Elapsed.TotalSeconds)} s", $"{ConfigKeys} values of configuration and {Metrics} metrics each, {options.Connections} connections"));
            await MeasureAsync(server, figures, "just logged");
            await MeasureTagsAsync(server, figures);
            await server.StopAsync();
        }

        await using (var server = await ServerProcess.StartAsync(options.Root, data.Path))
        {
            await MeasureAsync(server, figures, "after a restart");
            figures.Add(Figure.Info("memory after that", $"{Figure.Text(server.ResidentMiB)} MiB", $"peak {Figure.Text(server.PeakMiB)} MiB"));
        }

        return figures;
    }

    private static async Task MeasureAsync(ServerProcess server, List<Figure> figures, string when)
    {
        foreach (var (what, body) in Tables)
            figures.Add(await RepeatAsync($"{Figure.Text(Runs)} runs {when}: {what}, p95", 200, () => PostAsync(server, "/api/v1/runs/table", body)));
        figures.Add(await RepeatAsync($"{Figure.Text(Runs)} runs {when}: fields, p95", 200, () => server.Http.GetByteArrayAsync("/api/v1/runs/fields?project=many")));
        figures.Add(await RepeatAsync($"{Figure.Text(Runs)} runs {when}: a search while a run changes, p95", 200, async () =>
        {
            await SendAsync(server, HttpMethod.Put, "/api/v1/runs", Run(0, new Random(2)));
            return await PostAsync(server, "/api/v1/runs/table", Tables[1].Body);
        }));
    }

    private static async Task MeasureTagsAsync(ServerProcess server, List<Figure> figures)
    {
        var run = "";
        for (var first = 0; first < ManyTags; first += TagsABatch)
        {
            var events = string.Join(',', Enumerable.Range(first, TagsABatch).Select(tag => $$"""{"type":"scalar","tag":"layer/{{tag:000000}}/grad_norm","step":1,"value":1}"""));
            run = Text(await PostAsync(server, "/api/v1/events", $$"""{"project":"tags","run":"wide","events":[{{events}}]}"""), "run_id");
        }
        figures.Add(await RepeatAsync($"tags of a run with {Figure.Text(ManyTags)}, p95", 150, () => PostAsync(server, "/api/v1/series/tags", $$"""{"run_ids":["{{run}}"]}""")));
        using var table = JsonDocument.Parse(await PostAsync(server, "/api/v1/runs/table", """{"project":"many"}"""));
        var ids = string.Join(',', table.RootElement.GetProperty("runs").EnumerateArray().Select(row => row.GetProperty("id").GetRawText()));
        figures.Add(await RepeatAsync($"tags of 1,000 runs with {Metrics} each, p95", 150, () => PostAsync(server, "/api/v1/series/tags", $$"""{"run_ids":[{{ids}}]}""")));
    }

    private static async Task FillAsync(ServerProcess server, int connections)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            int run;
            while ((run = Interlocked.Increment(ref next)) < Runs)
            {
                var random = new Random(run);
                await SendAsync(server, HttpMethod.Put, "/api/v1/runs", Run(run, random));
                await PostAsync(server, "/api/v1/events", Events(run, random));
            }
        }));
    }

    private static string Run(int run, Random random)
    {
        var config = new StringBuilder();
        config.Append(CultureInfo.InvariantCulture, $"\"lr\":{Math.Pow(10, -1 - (4 * random.NextDouble()))},\"bs\":{16 << random.Next(4)}");
        for (var key = 2; key < ConfigKeys; key++)
            config.Append(CultureInfo.InvariantCulture, $",\"k{key}\":{Value(key, random)}");
        return $$"""{"project":"many","run":"{{Name(run)}}","group":"g{{run % 20}}","tags":["t{{run % 5}}"],"config":{ {{config}} } }""";
    }

    private static string Value(int key, Random random) =>
        key % 2 == 0 ? random.NextDouble().ToString("R", CultureInfo.InvariantCulture) : $"\"text-{random.Next(10).ToString(CultureInfo.InvariantCulture)}\"";

    private static string Events(int run, Random random)
    {
        var events = Enumerable.Range(0, Metrics).Select(metric => string.Create(CultureInfo.InvariantCulture,
            $$"""{"type":"scalars","tag":"{{Tag(metric)}}","steps":[1,2],"values":[{{random.NextDouble()}},{{random.NextDouble()}}]}"""));
        return $$"""{"project":"many","run":"{{Name(run)}}","events":[{{string.Join(',', events)}}]}""";
    }

    private static string Tag(int metric) => metric == 0 ? "val/loss" : $"metric/{metric.ToString(CultureInfo.InvariantCulture)}";

    private static string Name(int run) => $"{Models[run % Models.Length]}-{run.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<Figure> RepeatAsync(string what, double target, Func<Task<byte[]>> ask)
    {
        var clock = Stopwatch.StartNew();
        var bytes = (await ask()).Length;
        var first = clock.Elapsed.TotalMilliseconds;
        var taken = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            clock.Restart();
            bytes = (await ask()).Length;
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }

        var times = new Percentiles(taken);
        return Figure.AtMost(what, target, times.At(95), "ms", $"{times}; the first {Figure.Text(first)} ms; {Figure.Text(bytes / 1024.0)} KiB");
    }

    private static Task<byte[]> PostAsync(ServerProcess server, string path, string body) => SendAsync(server, HttpMethod.Post, path, body);

    private static async Task<byte[]> SendAsync(ServerProcess server, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, JsonBodies.ContentType) };
        using var answer = await server.Http.SendAsync(request);
        var read = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? read : throw new InvalidOperationException($"{path} was answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(read)}");
    }

    private static string Text(byte[] json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}
