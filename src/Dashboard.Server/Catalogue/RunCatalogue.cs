using System.Collections.Concurrent;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The runs of every project that is asked for, in memory and current after each commit.</summary>
/// <remarks>
/// Bounded: at the limit the projects that were not asked for longest are let go, and where one project alone is larger, configurations of some runs stay on the disk.
/// </remarks>
internal sealed class RunCatalogue
{
    // Ten thousand runs with twenty values take about fifteen: room for many such projects, and small beside what a training machine has.
    private const long DefaultMemoryLimit = 256L << 20;

    private readonly ConcurrentDictionary<string, ProjectCatalogue> _projects = new(StringComparer.Ordinal);
    private readonly CatalogueBudget _budget;
    private readonly IRunIndex _index;
    private readonly ApiLimits _limits;
    private long _uses;

    public RunCatalogue(IRunIndex index, ApiLimits limits, RunChangeLog changes, long memoryLimit = DefaultMemoryLimit)
    {
        _budget = new CatalogueBudget(memoryLimit);
        _index = index;
        _limits = limits;
        changes.OnRunChanged(Changed);
    }

    /// <summary>The runs of a project with everything that was committed before the call; none where there is no such project.</summary>
    public async Task<CatalogueView> ReadAsync(string project, CancellationToken cancellation)
    {
        var catalogue = _projects.GetOrAdd(project, name => new ProjectCatalogue(name, _index, _budget, _limits, MakeRoom));
        catalogue.LastUse = Interlocked.Increment(ref _uses);
        var view = await catalogue.ReadAsync(cancellation);
        // Names of projects that do not exist must not gather.
        if (view.Runs.Length == 0 && _projects.TryRemove(new(project, catalogue)))
            catalogue.Unload();
        return view;
    }

    /// <summary>Rough bytes of memory that all projects take.</summary>
    public long HeldBytes => _budget.Held;

    private void Changed(string project, string runId)
    {
        if (_projects.TryGetValue(project, out var catalogue))
            catalogue.Changed(runId);
    }

    private void MakeRoom(ProjectCatalogue wanted)
    {
        while (!_budget.HasRoom && _projects.Values.Where(other => other != wanted && other.IsLoaded).MinBy(other => other.LastUse) is { } oldest)
            oldest.Unload();
    }
}
