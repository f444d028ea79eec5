using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Dashboard.Worker;

/// <summary>Starts engines, and knows what is wrong with how they run. Everything is looked for again at each start, so that installing what is missing is enough.</summary>
internal sealed partial class EngineFactory : IDisposable
{
    private const string WithoutTorch = "libtorch is missing: landscapes, curvature and features of models cannot be computed here, other projections can.";

    private readonly StarterThread _starter = new();
    private readonly WorkerOptions _options;
    private readonly ILogger _logger;
    private readonly string _folder;
    private string? _said;
    private WallKind? _raised;
    private bool _hadWalls;
    private int _count;

    public EngineFactory(WorkerOptions options, ILogger<EngineFactory> logger)
    {
        (_options, _logger) = (options, logger);
        _folder = Path.Combine(options.Scratch, "engines");
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Sweep();
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="gpu">Number of the GPU that it sees; null for none, −1 for all.</param>
    /// <param name="memoryBytes">What it may allocate.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<StartedEngine> StartAsync(int? gpu, long memoryBytes, CancellationToken cancellation)
    {
        var files = await EngineFiles.FindAsync(_starter, cancellation) with { Bubblewrap = _options.Bubblewrap };
        var (kind, noWalls) = _options.Walls ? await Walls.StrongestAsync(_starter, files, _folder, cancellation) : (WallKind.None, null);
        // A worker whose models ran behind walls does not take them down because something went wrong once.
        if (noWalls is not null && _hadWalls) return new StartedEngine(null, $"Models ran behind walls, and now that does not work any more: {noWalls}");
        // Where there is a key there are others, whose models these are.
        if (noWalls is not null && _options.Key is not null) return new StartedEngine(null, $"A worker with a key runs no model without walls, and none can be raised here: {noWalls} {Walls.HowToRaise}");
        _hadWalls |= _options.Walls && noWalls is null;
        var problem = noWalls is null ? null : $"Models run without walls: a malicious one can read this machine's files and use its network. {noWalls} {Walls.HowToRaise}";
        if (problem is not null && problem != _said) LogProblem(_logger, problem);
        _said = problem;
        var walls = new Walls(files, kind);
        if (_raised != kind) LogWalls(_logger, walls.Words);
        _raised = kind;

        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        // One core's worth for each that the job may use, and one for what the runtime does beside it.
        var processor = (long)Math.Ceiling(_options.Longest.TotalSeconds * (_options.Cores + 1));
        var engine = await EngineProcess.StartAsync(_starter, walls, new EngineStart(Path.Combine(_folder, name), gpu, memoryBytes, processor));
        try
        {
            if (await engine.WhyNotReadyAsync(cancellation) is not { } reason)
                return new StartedEngine(engine, Join(engine.Missing is null ? engine.Runtime!.Warning : $"{WithoutTorch} {engine.Missing}", problem));
            await engine.DisposeAsync();
            return new StartedEngine(null, Join(reason, problem));
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _starter.Dispose();

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first} {second}";

    /// <summary>Removes what workers left that were killed.</summary>
    private void Sweep()
    {
        foreach (var left in Directory.EnumerateDirectories(_folder))
        {
            var owner = Path.GetFileName(left).Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Runs(id)) continue;
            Directory.Delete(left, recursive: true);
        }
    }

    private static bool Runs(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return id != Environment.ProcessId;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LoggerMessage(5030, LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);

    [LoggerMessage(5031, LogLevel.Information, "Models run {Walls}.")]
    private static partial void LogWalls(ILogger logger, string walls);
}
