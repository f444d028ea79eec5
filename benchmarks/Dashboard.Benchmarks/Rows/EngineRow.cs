using System.Diagnostics;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Torch;
using Dashboard.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks;

/// <summary>What it costs that a landscape is computed in a process of its own, behind walls: the same job in this process and in an engine.</summary>
internal static class EngineRow
{
    private const int Repeats = 9;
    private const long Memory = 4L << 30;

    public static async Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        await JobRows.MakeFilesAsync(options.Root, files.Path);
        using var scratch = new DataFolder();
        using var engines = new EngineFactory(new WorkerOptions { Server = new Uri("http://localhost"), Scratch = scratch.Path }, NullLogger<EngineFactory>.Instance);
        var runtime = TorchRuntime.Load();
        var spec = new LandscapeSpec
        {
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "random" },
            X = new AxisSpec { Points = 25 },
            Y = new AxisSpec { Points = 25 },
            Preview = false,
        };
        var task = new EngineTask
        {
            Kind = JobKinds.Landscape,
            Spec = JsonSerializer.SerializeToElement(spec, ContractsJson.Default.LandscapeSpec),
            Folder = files.Path,
            Device = "cpu",
            Lane = "cpu",
            Cores = Environment.ProcessorCount,
            Model = "model.pt",
            Batch = "batch",
        };
        Here(runtime, task);
        var (here, there) = (new List<double>(), new List<double>());
        for (var i = 0; i < Repeats; i++)
        {
            here.Add(Here(runtime, task));
            there.Add(await ThereAsync(engines, task, files.Path));
        }
        var (own, engine) = (new Percentiles(here).At(50), new Percentiles(there).At(50));
        return
        [
            Figure.AtMost("a landscape of 25 × 25 in an engine's process, against this one", 1.1, engine / own, "×",
                $"medians {Figure.Text(engine)} ms and {Figure.Text(own)} ms, of {Repeats} each in turn"),
        ];
    }

    private static double Here(ITorchRuntime runtime, EngineTask task)
    {
        var clock = Stopwatch.StartNew();
        new LandscapeJob(new EngineContext(runtime, task, new Nobody(), TimeProvider.System, default)).Run();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> ThereAsync(EngineFactory engines, EngineTask task, string files)
    {
        var started = await engines.StartAsync(null, Memory, default);
        await using var engine = started.Engine ?? throw new InvalidOperationException(started.Problem);
        foreach (var file in (string[])[task.Model!, task.Batch!]) File.Copy(Path.Combine(files, file), Path.Combine(engine.Start.Inputs, file));
        // As a person finds it: it has stood for a moment.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var clock = Stopwatch.StartNew();
        var outcome = await new EngineRun(engine, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeProvider.System, _ => { }).RunAsync(task with { Folder = engine.InputsSeen }, default);
        return outcome.Error is null ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException(outcome.Error);
    }

    private sealed class Nobody : IEngineOutput
    {
        public void Part(string stage, int index, JsonElement data)
        {
        }

        public void Block(EngineBlock block)
        {
        }

        public void Progress(double share, string text, double? secondsLeft)
        {
        }

        public void Note(string text)
        {
        }
    }
}
