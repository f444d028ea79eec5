using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>The way of a job through server, worker and engine: how soon the first tile is there, how soon a cancelled engine is gone, who takes over, and what the web process feels of it.</summary>
internal static partial class JobRows
{
    private const int Sigkill = 9;
    private const double LeaseSeconds = 5;
    private const int Repeats = 7;
    private const int Requests = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(20);

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        var figures = new List<Figure>();
        using var data = new DataFolder();
        using var files = new DataFolder();
        await MakeFilesAsync(options.Root, files.Path);
        await using var server = await ServerProcess.StartAsync(
            options.Root, data.Path, "--Worker:Local=true", string.Create(CultureInfo.InvariantCulture, $"--Worker:LeaseSeconds={LeaseSeconds}"));
        var bench = new Bench(server, await FillAsync(server, files.Path));
        await bench.WarmUpAsync();
        figures.Add(await FirstTileAsync(bench));
        figures.Add(await CancelAsync(bench));
        figures.AddRange(await BesideAsync(bench));
        figures.Add(await TakeOverAsync(bench));
        return figures;
    }

    private static async Task<Figure> FirstTileAsync(Bench bench)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            var job = await bench.PostAsync(51);
            await bench.TileAsync(job, 0);
            times.Add(clock.Elapsed.TotalMilliseconds);
            await bench.CancelAsync(job);
            // The next one is to find the lane as a person would: with its engine warmed up.
            await Bench.IdleAsync();
        }
        var spread = new Percentiles(times);
        return Figure.AtMost("a landscape of 51 × 51: from the request to its first tile stored, p50", 1000, spread.At(50), "ms", spread.ToString());
    }

    private static async Task<Figure> CancelAsync(Bench bench)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            await Bench.IdleAsync();
            var before = Engines();
            var job = await bench.PostAsync(401);
            await bench.TileAsync(job, 0);
            // The engine that was waiting has the job; one that came since waits for the next.
            var clock = Stopwatch.StartNew();
            await bench.CancelAsync(job);
            while (before.Overlaps(Engines()) && clock.Elapsed < Patience) await Task.Delay(Poll);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        var spread = new Percentiles(times);
        return Figure.AtMost("cancelled: from the request until the engine's process is gone, worst", 1000, spread.At(100), "ms", spread.ToString());
    }

    private static async Task<IEnumerable<Figure>> BesideAsync(Bench bench)
    {
        await Bench.IdleAsync();
        var idle = await TimesAsync(bench);
        var job = await bench.PostAsync(401);
        await bench.TileAsync(job, 0);
        var beside = await TimesAsync(bench);
        await bench.CancelAsync(job);
        return
        [
            Figure.AtMost("ten points acknowledged while a landscape runs on all cores, p50 over idle", 1.3, beside.Ingest.At(50) / idle.Ingest.At(50), "×", $"idle {idle.Ingest}; beside {beside.Ingest}"),
            Figure.AtMost("a page while a landscape runs on all cores, p50 over idle", 1.3, beside.Page.At(50) / idle.Page.At(50), "×", $"idle {idle.Page}; beside {beside.Page}"),
        ];
    }

    private static async Task<(Percentiles Ingest, Percentiles Page)> TimesAsync(Bench bench)
    {
        var ingest = new List<double>();
        var page = new List<double>();
        for (var i = 0; i < Requests; i++)
        {
            ingest.Add(await Bench.TimeAsync(() => bench.EventsAsync(i)));
            page.Add(await Bench.TimeAsync(() => bench.Server.Http.GetByteArrayAsync("/scalars?project=jobs")));
            await Task.Delay(BetweenRequests);
        }
        return (new Percentiles(ingest), new Percentiles(page));
    }

    private static async Task<Figure> TakeOverAsync(Bench bench)
    {
        await Bench.IdleAsync();
        var job = await bench.PostAsync(401);
        var tiles = await bench.TileAsync(job, 3);
        var worker = Processes().Single(process => process.Parent == bench.Server.ProcessId && process.Command.Contains("Dashboard.Worker", StringComparison.Ordinal)).Id;
        var clock = Stopwatch.StartNew();
        _ = Kill(worker, Sigkill);
        var had = await bench.PartsAsync(job);
        await bench.TileAsync(job, had);
        // The worker's last report renewed the lease a moment before; what counts is from the lease's end on.
        var after = clock.Elapsed.TotalSeconds - LeaseSeconds;
        await bench.CancelAsync(job);
        return Figure.AtMost("a worker killed: from its lease's end to the next tile, by another", 5, after, "s", $"a lease of {Figure.Text(LeaseSeconds)} s; {tiles} tiles before, none computed again");
    }

    internal static async Task MakeFilesAsync(string root, string folder)
    {
        using var made = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(root, "benchmarks", "job_files.py"), folder]))!;
        await made.WaitForExitAsync();
        if (made.ExitCode != 0) throw new InvalidOperationException("The model could not be made: job_files.py needs python3-torch.");
    }

    private static async Task<string> FillAsync(ServerProcess server, string folder)
    {
        using var put = new StringContent("""{"project":"jobs","run":"r"}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PutAsync("/api/v1/runs", put);
        using var run = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var id = run.RootElement.GetProperty("id").GetString()!;
        foreach (var (name, type) in new[] { ("model.pt", "model"), ("batch", "batch") })
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(folder, name)));
            content.Headers.Add("Artifact-Type", type);
            using var stored = await server.Http.PutAsync($"/api/v1/runs/{id}/artifacts/{name}", content);
            stored.EnsureSuccessStatusCode();
        }
        return id;
    }

    /// <summary>Engines of this machine that belong to workers, by process.</summary>
    private static HashSet<int> Engines() =>
        [.. Processes().Where(process => process.Command.Contains("Dashboard.Worker", StringComparison.Ordinal) && process.Command.EndsWith(" engine", StringComparison.Ordinal) &&
            !process.Command.Contains("bwrap", StringComparison.Ordinal) && !process.Command.Contains("prlimit", StringComparison.Ordinal)).Select(process => process.Id)];

    private static List<(int Id, int Parent, string Command)> Processes()
    {
        var found = new List<(int, int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                var command = File.ReadAllText(Path.Combine(folder, "cmdline")).TrimEnd('\0').Replace('\0', ' ');
                var status = File.ReadAllText(Path.Combine(folder, "stat"));
                found.Add((id, int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture), command));
            }
            catch (IOException)
            {
                // Gone since it was listed.
            }
        }
        return found;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private sealed class Bench(ServerProcess server, string run)
    {
        public ServerProcess Server => server;

        /// <summary>Until a job has gone all the way: libraries are loaded, code is compiled.</summary>
        public async Task WarmUpAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                var job = await PostAsync(5);
                for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Poll))
                {
                    using var now = JsonDocument.Parse(await server.Http.GetByteArrayAsync($"/api/v1/jobs/{job}"));
                    var status = now.RootElement.GetProperty("status").GetString();
                    if (status == "succeeded") break;
                    if (status == "failed" || clock.Elapsed > Patience) throw new InvalidOperationException($"The job did not succeed: {now.RootElement.GetRawText()}");
                }
            }
        }

        /// <summary>Waits until an engine is there and nothing has used the processor for a while.</summary>
        public static async Task IdleAsync()
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(100))
            {
                var engines = Engines();
                if (engines.Count != 1) continue;
                var before = Cpu(engines.Single());
                await Task.Delay(500);
                if (Engines().SetEquals(engines) && Cpu(engines.Single()) - before < 2) return;
            }
            throw new InvalidOperationException("The worker has no engine that waits.");
        }

        public async Task<string> PostAsync(int points)
        {
            using var body = new StringContent(
                $$$"""
                {"project":"jobs","kind":"landscape","spec":{"model":{"run_id":"{{{run}}}","name":"model.pt"},"batch":{"run_id":"{{{run}}}","name":"batch"},"loss":"cross_entropy",
                 "directions":{"kind":"random","seed":1},"x":{"from":-1,"to":1,"points":{{{points}}}},"y":{"from":-1,"to":1,"points":{{{points}}}},"device":"cpu"}}
                """, Encoding.UTF8, "application/json");
            using var answer = await server.Http.PostAsync("/api/v1/jobs", body);
            if (answer.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            using var job = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
            return job.RootElement.GetProperty("id").GetString()!;
        }

        public async Task<int> PartsAsync(string job)
        {
            using var now = JsonDocument.Parse(await server.Http.GetByteArrayAsync($"/api/v1/jobs/{job}"));
            return now.RootElement.GetProperty("parts").GetInt32();
        }

        /// <summary>Waits for a tile beyond so many parts; the plan is none.</summary>
        public async Task<int> TileAsync(string job, int beyond)
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(Poll))
            {
                if (await PartsAsync(job) is var parts && parts > Math.Max(beyond, 1)) return parts;
            }
            throw new InvalidOperationException("No tile came.");
        }

        public async Task CancelAsync(string job)
        {
            using var answer = await server.Http.DeleteAsync($"/api/v1/jobs/{job}");
            answer.EnsureSuccessStatusCode();
        }

        public async Task<byte[]> EventsAsync(int step)
        {
            var events = string.Join(',', Enumerable.Range(0, 10).Select(tag => $$"""{"type":"scalar","tag":"t/{{tag}}","step":{{step}},"value":1}"""));
            using var body = new StringContent($$"""{"project":"jobs","run":"points","events":[{{events}}]}""", Encoding.UTF8, "application/json");
            using var answer = await server.Http.PostAsync("/api/v1/events", body);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsByteArrayAsync();
        }

        public static async Task<double> TimeAsync(Func<Task> ask)
        {
            var clock = Stopwatch.StartNew();
            await ask();
            return clock.Elapsed.TotalMilliseconds;
        }

        // Ticks of a hundredth of a second.
        private static long Cpu(int process)
        {
            try
            {
                var fields = File.ReadAllText($"/proc/{process}/stat") is var stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];
                return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
