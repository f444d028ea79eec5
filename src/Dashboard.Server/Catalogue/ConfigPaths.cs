namespace Dashboard.Server;

/// <summary>The paths of a project's configurations, each with a number, so that runs share them.</summary>
internal sealed class ConfigPaths
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Path, string Name)> _paths = [];

    /// <summary>The number of a path, which it gets here if it has none.</summary>
    public int Add(string path, string name)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(path, out var number))
                return number;
            _numbers[path] = _paths.Count;
            _paths.Add((path, name));
            return _paths.Count - 1;
        }
    }

    /// <summary>The number of a path; −1 where no run has it.</summary>
    public int Find(string path)
    {
        lock (_gate)
            return _numbers.GetValueOrDefault(path, -1);
    }

    /// <summary>Numbers of the paths below one.</summary>
    public HashSet<int> Below(string path)
    {
        lock (_gate)
            return [.. _numbers.Where(known => IsBelow(known.Key, path)).Select(known => known.Value)];
    }

    /// <summary>All paths by number, with their names.</summary>
    public IReadOnlyList<(string Path, string Name)> ToList()
    {
        lock (_gate)
            return [.. _paths];
    }

    /// <summary>True where <paramref name="path"/> goes through <paramref name="above"/>.</summary>
    public static bool IsBelow(string path, string above) => path.Length > above.Length && path.StartsWith(above, StringComparison.Ordinal) && path[above.Length] is '.' or '[';
}
