using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Client;

namespace Dashboard.Benchmarks;

/// <summary>What it costs to read a run of a thousand long curves: at once, and while it is logged to and somebody watches.</summary>
internal static class DiagnoseRow
{
    private const int Tags = 1000;
    private const int BatchSteps = 200;
    private const double BuildLimitSeconds = 400;
    private const int LiveSeconds = 40;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(options.Root, data.Path);
        var steps = await BuildAsync(server, options.LongPoints / Tags);
        var run = await RunIdAsync(server);
        // The first run of a server also compiles the code that reads: a small one goes before.
        await server.Http.PostAsJsonAsync("/api/v1/events", new { project = "benchmark", run = "small", events = new[] { new { type = "scalars", tag = "train/loss", steps = new[] { 0, 1, 2 }, values = new[] { 3.0, 2, 1 } } } });
        await ReadAsync(server, await RunIdAsync(server, "small"));
        var cpu = server.Cpu;
        var first = await ReadAsync(server, run);
        var spent = (server.Cpu - cpu).TotalSeconds;
        var idle = await LiveAsync(server, run, steps, watched: false);
        var watched = await LiveAsync(server, run, steps + LiveSeconds, watched: true);
        return
        [
            Figure.AtMost($"diagnosis of a run with {Tags} tags × {Figure.Text(steps)} steps", 1, first.Seconds, "s",
                $"{Figure.Text(spent)} s of processor time; {first.Findings} findings, {first.Curves} curves; resident {Figure.Text(server.ResidentMiB)} MiB"),
            Figure.AtMost("the same while a point a tag and second comes in and a page watches", 0.05, watched - idle, "cores",
                $"server's processor time with ({Figure.Text(watched)}) less without ({Figure.Text(idle)}) somebody who asks every {Watched.TotalSeconds:0} s"),
        ];
    }

    // Losses and gradients as jobs name them, and other metrics: what each costs differs.
    private static string Tag(int number) => (number % 10) switch
    {
        0 => $"train/loss_{number}",
        1 => $"val/loss_{number - 1}",
        < 6 => $"gradients/layer{number}.weight/norm",
        _ => $"metric/{number}",
    };

    private static async Task<int> BuildAsync(ServerProcess server, long most)
    {
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        var steps = 0;
        for (; steps < most && clock.Elapsed.TotalSeconds < BuildLimitSeconds; steps += BatchSteps)
            await PostAsync(server, steps, BatchSteps, random);
        return steps;
    }

    private static async Task PostAsync(ServerProcess server, int from, int count, Random random)
    {
        var columns = new TagColumn[Tags];
        for (var tag = 0; tag < Tags; tag++)
        {
            columns[tag] = new TagColumn(Tag(tag));
            for (var step = from; step < from + count; step++)
                columns[tag].Add(new LoggedEvent("", step, Signal.Loss(step, random), Signal.WallTime(step, random), null));
        }

        while (true)
        {
            using var body = new ByteArrayContent(ScalarsBody.Write("benchmark", "wide", columns));
            body.Headers.TryAddWithoutValidation("Content-Type", ScalarsBody.ContentType);
            using var answer = await server.Http.PostAsync("/api/v1/events", body);
            if (answer.IsSuccessStatusCode)
                return;
            // Busy: sealing is behind.
            await Task.Delay(500);
        }
    }

    private static async Task<double> LiveAsync(ServerProcess server, string run, int from, bool watched)
    {
        var random = new Random(2);
        var (began, clock, asked) = (server.Cpu, Stopwatch.StartNew(), TimeSpan.Zero);
        for (var second = 0; second < LiveSeconds; second++)
        {
            await PostAsync(server, from + second, 1, random);
            if (watched && clock.Elapsed >= asked)
            {
                using var answer = await server.Http.PostAsJsonAsync("/api/v1/diagnosis/query", new { run_ids = new[] { run }, items = true });
                answer.EnsureSuccessStatusCode();
                asked = clock.Elapsed + Watched;
            }

            var rest = TimeSpan.FromSeconds(second + 1) - clock.Elapsed;
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest);
        }

        return (server.Cpu - began).TotalSeconds / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double Seconds, int Findings, int Curves)> ReadAsync(ServerProcess server, string run)
    {
        var clock = Stopwatch.StartNew();
        using var answer = JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/runs/{run}/diagnosis"));
        clock.Stop();
        return (clock.Elapsed.TotalSeconds, answer.RootElement.GetProperty("items").GetArrayLength(), answer.RootElement.GetProperty("read").GetProperty("curves").GetInt32());
    }

    private static async Task<string> RunIdAsync(ServerProcess server, string name = "wide")
    {
        using var runs = JsonDocument.Parse(await server.Http.GetStringAsync("/api/v1/runs?project=benchmark"));
        return runs.RootElement.GetProperty("items").EnumerateArray().Single(run => run.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
    }
}
