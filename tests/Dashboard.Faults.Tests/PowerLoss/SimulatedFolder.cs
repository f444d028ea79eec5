namespace Dashboard.Faults.Tests;

/// <summary>The names in a folder: those that were synced, and the changes since. A name leads to a <see cref="SimulatedFile"/> or a folder; null where it was removed.</summary>
internal sealed class SimulatedFolder
{
    private readonly List<(string Name, object? Content)[]> _changes = [];
    private readonly Dictionary<string, object> _durable = [];

    /// <summary>As the running system sees it.</summary>
    public Dictionary<string, object> Now { get; } = [];

    /// <summary>Changes names in one step.</summary>
    public void Change(params (string Name, object? Content)[] names)
    {
        Apply(Now, names);
        _changes.Add(names);
    }

    public void Sync()
    {
        foreach (var change in _changes)
            Apply(_durable, change);
        _changes.Clear();
    }

    /// <summary>The names that are there when the power returns.</summary>
    public Dictionary<string, object> After(PowerLoss loss, Random random)
    {
        var found = new Dictionary<string, object>(_durable);
        var first = loss switch
        {
            PowerLoss.Drops => 0,
            PowerLoss.Tears => random.Next(_changes.Count + 1),
            _ => _changes.Count,
        };
        var share = loss == PowerLoss.Reorders ? random.NextDouble() : 1;
        foreach (var change in _changes.Take(first))
        {
            if (random.NextDouble() < share)
                Apply(found, change);
        }
        return found;
    }

    private static void Apply(Dictionary<string, object> names, (string Name, object? Content)[] change)
    {
        foreach (var (name, content) in change)
        {
            if (content is null)
                names.Remove(name);
            else
                names[name] = content;
        }
    }
}
