using Microsoft.Extensions.Logging;

namespace Dashboard.Worker;

/// <summary>Finds out what this machine can compute on, and runs a lane for each.</summary>
internal sealed partial class WorkerHost(WorkerOptions options, WorkerApi api, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<WorkerHost>();
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>Runs until it is cancelled; jobs at hand are given back then.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        InheritedDescriptors.KeepFromChildren();
        Directory.CreateDirectory(options.Scratch);
        using var engines = new EngineFactory(options, loggers.CreateLogger<EngineFactory>());
        var runner = new JobRunner(api, new JobInputs(api, new InputCache(options.Scratch, time)), options, time, loggers.CreateLogger<JobRunner>());
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var (setups, first) = await DiscoverAsync(engines, stopping);
                var identity = new LaneIdentity(_id, options.Name, [.. setups.Select(setup => setup.Name)]);
                LogLanes(_logger, options.Server, string.Join(", ", identity.Lanes), first.Engine?.Runtime?.Engine ?? "no libtorch");
                // The engine that has looked serves the processor's lane where it sees no GPU, as that lane's engines do.
                var fits = setups[0].Gpu is null && first.Engine?.Start is { Gpu: null } start && start.MemoryBytes == setups[0].MemoryBytes;
                if (!fits && first.Engine is not null) await first.Engine.DisposeAsync();
                // With libtorch there may be GPUs, which nobody can see before.
                var untilTorch = Looks && !first.HasTorch;
                await Task.WhenAll(setups.Select((setup, index) => new Lane(setup, identity, engines, api, runner, time, loggers.CreateLogger<Lane>())
                    .RunAsync(index == 0 && fits ? first : null, untilTorch, stopping)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to.
        }
    }

    /// <summary>Whether there may be a GPU.</summary>
    private bool Looks => options.Device != "cpu" && File.Exists("/dev/nvidiactl");

    /// <summary>An engine that has told what there is. Without one the processor's lane goes on looking.</summary>
    private async Task<(IReadOnlyList<LaneSetup> Setups, StartedEngine First)> DiscoverAsync(EngineFactory engines, CancellationToken stopping)
    {
        var machine = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        while (true)
        {
            var first = await engines.StartAsync(Looks ? -1 : null, LanePlan.MemoryOf(options, machine, 1), stopping);
            var setups = LanePlan.Make(options, first.Engine?.Runtime?.Devices ?? ["cpu"], machine);
            if (setups.Count > 0 && (first.Engine is not null || !Looks)) return (setups, first);
            var problem = !first.HasTorch ? first.Problem! : $"No GPU can be seen by {first.Engine!.Runtime!.Engine}: --device cuda needs a libtorch with CUDA (TORCH_HOME=FOLDER build/bridge.sh) and NVIDIA's driver.";
            if (first.Engine is { } engine) await engine.DisposeAsync();
            LogProblem(_logger, problem);
            await TellAsync(problem, stopping);
            await Looking.WaitAsync(time, stopping);
        }
    }

    private async Task TellAsync(string problem, CancellationToken stopping)
    {
        var lane = options.Device == "cuda" ? "cuda:0" : "cpu";
        try
        {
            await api.LeaseAsync(new LaneIdentity(_id, options.Name, [lane]).Request(lane, new StartedEngine(null, problem)) with { WaitSeconds = 0 }, stopping);
        }
        catch (Exception e) when (e is ServerAwayException or ServerRefusedException)
        {
            LogAway(_logger, e.Message);
        }
    }

    [LoggerMessage(5002, LogLevel.Information, "Asking {Server} for jobs on {Lanes}, with {Engine}.")]
    private static partial void LogLanes(ILogger logger, Uri server, string lanes, string engine);

    [LoggerMessage(5003, LogLevel.Error, "Nothing can be computed. {Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);

    [LoggerMessage(5004, LogLevel.Warning, "The server cannot be told: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
