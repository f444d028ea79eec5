using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>A server under a steady load for as long as one likes: <c>tests/soak.sh --minutes 30</c> or <c>--hours 24</c>; within the suite for some seconds.</summary>
[Trait("Category", "Slow")]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const double Mebibyte = 1 << 20;
    private const double MostLog = 256;
    private const double MostSlope = 1;
    private const int MemoryLooks = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Columns =
        ["minutes", "resident_mib", "heap_in_use_mib", "log_mib", "database_mib", "points", "reads", "frames", "refused", "batches", "ack_p50_ms", "ack_p95_ms", "ack_max_ms"];

    [Fact]
    public async Task Server_UnderASteadyLoad_NeitherGrowsNorLetsItsLogGrow()
    {
        var form = SoakForm.Read();
        using var folder = new TempFolder();
        // So small within the suite that checkpoints and seals happen in its seconds.
        await using var server = await ServerProcess.StartAsync(folder.Data, form.HasSlope ? [] : ["--Storage:CheckpointPages=256", "--Storage:SealAfterSeconds=1"]);
        var load = new SoakLoad(server, form.RunLife);
        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(stop.Token);
        var samples = new List<double[]>();
        var clock = Stopwatch.StartNew();
        Tell(form, string.Join(',', Columns));
        while (clock.Elapsed < form.Duration)
        {
            samples.Add(await SampleAsync(server, load, folder.Data, clock, form.Sample, running));
            Tell(form, string.Join(',', samples[^1].Select(value => value.ToString("0.###", CultureInfo.InvariantCulture))));
        }
        await stop.CancelAsync();
        await running;

        Assert.True(load.Points > 0 && load.Reads > 0 && load.Frames > 0, $"{load.Points} points, {load.Reads} reads, {load.Frames} frames.");
        var log = samples.Max(sample => sample[3]);
        Assert.InRange(log, 0.001, form.HasSlope ? MostLog : MostLog / 16);
        if (form.HasSlope)
            AssertLevel(form, samples);
    }

    // One row: the highest of the log while it is taken, and the least memory of some looks, each after a full collection: points wait in memory until they
    // are sealed, a sawtooth of its own that would hide a slow rise.
    private static async Task<double[]> SampleAsync(ServerProcess server, SoakLoad load, string data, Stopwatch clock, TimeSpan length, Task running)
    {
        var (log, heap, resident) = (0L, double.PositiveInfinity, double.PositiveInfinity);
        var end = clock.Elapsed;
        for (var look = 0; look < MemoryLooks; look++)
        {
            end += length / MemoryLooks;
            while (clock.Elapsed < end)
            {
                log = Math.Max(log, Length(data, "lossboard.db-wal"));
                if (await Task.WhenAny(running, Task.Delay(LookEvery)) == running)
                    await running;
            }
            await FullCollection.InAsync(server.Id, CancellationToken.None);
            heap = Math.Min(heap, await server.MetricAsync("dotnet_gc_heap_bytes"));
            resident = Math.Min(resident, server.Memory("VmRSS"));
        }
        var latencies = load.TakeLatencies();
        return
        [
            clock.Elapsed.TotalMinutes, resident / Mebibyte, heap / Mebibyte, log / Mebibyte, Length(data, "lossboard.db") / Mebibyte,
            load.Points, load.Reads, load.Frames, load.Refused, latencies.Length, At(latencies, 0.5), At(latencies, 0.95), At(latencies, 1),
        ];
    }

    private void AssertLevel(SoakForm form, List<double[]> samples)
    {
        var warm = samples.Where(sample => sample[0] > form.WarmUp.TotalMinutes).ToList();
        var hours = warm.ConvertAll(sample => sample[0] / 60);
        foreach (var column in (int[])[1, 2])
        {
            var slope = Slope.Of(hours, warm.ConvertAll(sample => sample[column]));
            Tell(form, string.Create(CultureInfo.InvariantCulture, $"# {Columns[column]}: {slope.PerUnit:0.00} MiB/h, standard error {slope.StandardError:0.00}, over {warm.Count} samples after {form.WarmUp.TotalMinutes:0} min of warm-up"));
            // What chance alone explains (two standard errors) is no slope; the longer it runs, the less that is.
            Assert.True(slope.PerUnit - 2 * slope.StandardError < MostSlope, $"{Columns[column]} grows by {slope.PerUnit:0.00} ± {slope.StandardError:0.00} MiB an hour.");
        }
    }

    private void Tell(SoakForm form, string line)
    {
        output.WriteLine(line);
        if (form.Report is { } file)
            File.AppendAllText(file, line + '\n');
    }

    private static long Length(string data, string name) => new FileInfo(Path.Combine(data, name)) is { Exists: true } file ? file.Length : 0;

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];
}
