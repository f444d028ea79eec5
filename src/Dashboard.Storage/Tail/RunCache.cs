using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Storage;

/// <summary>Runs that are being written to. The writer's thread adds and removes; readers look up.</summary>
internal sealed class RunCache
{
    private readonly ConcurrentDictionary<string, RunState> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Project, string Name), RunState> _byName = [];

    public ICollection<RunState> Runs => _byId.Values;

    public bool TryGet(string runId, [NotNullWhen(true)] out RunState? run) => _byId.TryGetValue(runId, out run);

    public bool TryGet(string project, string name, [NotNullWhen(true)] out RunState? run) => _byName.TryGetValue((project, name), out run);

    public void Add(RunState run)
    {
        _byId[run.Id] = run;
        _byName[(run.Project, run.Name)] = run;
    }

    public void Remove(RunState run)
    {
        _byId.TryRemove(run.Id, out _);
        _byName.Remove((run.Project, run.Name));
    }
}
