using System.Diagnostics.CodeAnalysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The runs of one project in memory: read whole once, then run by run as commits change them.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing; requests may still wait on it when the catalogue is let go.")]
internal sealed class ProjectCatalogue(string project, IRunIndex index, CatalogueBudget budget, ApiLimits limits, Action<ProjectCatalogue> makeRoom)
{
    // A quarter of the runs, one by one, take as long as all of them in one statement.
    private const int WholeReadShare = 4;

    // Of all projects together: a catalogue that was let go and made again must not come by the same number with other runs.
    private static long _lastVersion;

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Lock _gate = new();
    private HashSet<string> _changed = [];
    private Loaded? _loaded;
    private bool _isListening;
    private long _generation;
    private long _bytes;
    private long _version;
    private long _membership;

    /// <summary>When it was last asked for, in no unit.</summary>
    public long LastUse { get; set; }

    /// <summary>True while it holds runs.</summary>
    public bool IsLoaded
    {
        get
        {
            lock (_gate)
                return _loaded is not null;
        }
    }

    /// <summary>Notes that a run is no longer as it was read. Returns at once: the writer's thread calls it.</summary>
    public void Changed(string runId)
    {
        lock (_gate)
        {
            if (_isListening)
                _changed.Add(runId);
        }
    }

    /// <summary>Lets go of everything; the next read begins anew.</summary>
    public void Unload()
    {
        lock (_gate)
        {
            _loaded = null;
            _isListening = false;
            _changed = [];
            _generation++;
            budget.Add(-_bytes);
            _bytes = 0;
        }
    }

    /// <summary>The runs with everything that was committed before the call.</summary>
    public async Task<CatalogueView> ReadAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            var (loaded, changed, generation) = Begin();
            try
            {
                if (loaded is null || changed.Count * WholeReadShare > loaded.Runs.Count)
                    return await ReadAllAsync(generation, cancellation);
                return changed.Count == 0 ? loaded.View : await ReadChangedAsync(loaded, changed, generation, cancellation);
            }
            catch
            {
                // What was to be read still is.
                Unload();
                throw;
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private (Loaded? Loaded, HashSet<string> Changed, long Generation) Begin()
    {
        lock (_gate)
        {
            // From here on: what changes while it is read is read again.
            _isListening = true;
            var changed = _changed;
            _changed = [];
            return (_loaded, changed, _generation);
        }
    }

    private async Task<CatalogueView> ReadAllAsync(long generation, CancellationToken cancellation)
    {
        Hold(-_bytes, generation);
        var runs = new Dictionary<string, CatalogueRun>(StringComparer.Ordinal);
        var paths = new ConfigPaths();
        var flattener = Flattener(paths);
        await index.VisitAsync(project, run => Put(runs, run, flattener, generation), cancellation);
        _version = _membership = Interlocked.Increment(ref _lastVersion);
        return Publish(runs, paths, generation);
    }

    private async Task<CatalogueView> ReadChangedAsync(Loaded loaded, HashSet<string> changed, long generation, CancellationToken cancellation)
    {
        var (runs, paths) = (loaded.Runs, loaded.View.Paths);
        var gone = new HashSet<string>(changed);
        var flattener = Flattener(paths);
        var (isOther, isMoved) = (false, false);
        await index.VisitAsync(
            changed,
            run =>
            {
                gone.Remove(run.Id);
                var before = runs.GetValueOrDefault(run.Id);
                if (before is not null)
                    Hold(-before.Bytes, generation);
                var after = Put(runs, run, flattener, generation);
                isMoved |= before is not null && RunStates.Of(before.Info) != RunStates.Of(after.Info);
                isOther |= before?.Config is null || after.Config is null || !before.Config.IsSame(after.Config);
            },
            cancellation);
        foreach (var id in gone)
        {
            if (runs.Remove(id, out var run))
            {
                Hold(-run.Bytes, generation);
                isMoved = true;
            }
        }
        if (isOther || isMoved)
            _version = Interlocked.Increment(ref _lastVersion);
        if (isMoved)
            _membership = _version;
        return Publish(runs, paths, generation);
    }

    private CatalogueRun Put(Dictionary<string, CatalogueRun> runs, RunInfo run, ConfigFlattener flattener, long generation)
    {
        if (!budget.HasRoom)
            makeRoom(this);
        var config = budget.HasRoom ? flattener.Flatten(run.ConfigJson) : null;
        var notes = run.Notes.Length <= limits.MaxComparedText ? run.Notes : run.Notes[..limits.MaxComparedText];
        var info = run with { ConfigJson = "{}", Notes = notes };
        var held = new CatalogueRun(info, config, Bytes(info) + (config?.Bytes ?? 0));
        runs[run.Id] = held;
        Hold(held.Bytes, generation);
        return held;
    }

    private CatalogueView Publish(Dictionary<string, CatalogueRun> runs, ConfigPaths paths, long generation)
    {
        var view = new CatalogueView(project, [.. runs.Values], paths, _version, _membership);
        lock (_gate)
        {
            // Unloaded meanwhile: nobody told it of changes since then.
            if (generation == _generation)
                _loaded = new Loaded(runs, view);
        }
        return view;
    }

    private void Hold(long bytes, long generation)
    {
        lock (_gate)
        {
            if (generation != _generation)
                return;
            _bytes += bytes;
            budget.Add(bytes);
        }
    }

    private ConfigFlattener Flattener(ConfigPaths paths) => new(paths, limits.MaxConfigValues, limits.MaxComparedText);

    private static long Bytes(RunInfo run)
    {
        // The objects themselves, then two bytes a character.
        var bytes = 500L + (2 * (run.Name.Length + (run.Group?.Length ?? 0) + (run.Parent?.Length ?? 0) + run.Notes.Length));
        foreach (var tag in run.Tags)
            bytes += 32 + (2 * tag.Length);
        return bytes;
    }

    // The dictionary is changed by the one who reads; the view never.
    private sealed record Loaded(Dictionary<string, CatalogueRun> Runs, CatalogueView View);
}
