using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>In how many runs each scalar tag of a project is: counted by the database once, then kept up as series are named.</summary>
internal sealed class TagCountCache
{
    // Projects whose counts are kept; the one that was asked for longest ago goes first.
    private const int MaxProjects = 16;

    private readonly IRunIndex _index;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Counts> _projects = new(StringComparer.Ordinal);
    private long _uses;

    public TagCountCache(IRunIndex index, RunChangeLog changes)
    {
        _index = index;
        changes.OnSeriesAdded(Added);
    }

    /// <summary>Tags with the number of runs outside the trash, those of most runs first.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="membership">Of the catalogue that was read before: another number means that runs went, or went to the trash, and all is counted anew.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<(string Tag, int Runs)>> ReadAsync(string project, long membership, CancellationToken cancellation)
    {
        var counts = Open(project, membership, out var isNew);
        if (isNew)
        {
            try
            {
                var counted = await _index.CountTagsAsync(project, cancellation);
                lock (_gate)
                    counts.Start(counted);
            }
            catch
            {
                lock (_gate)
                    Forget(project, counts);
                throw;
            }
        }
        lock (_gate)
        {
            // Another request is still counting: its own count is as good as waiting.
            if (counts.IsCounted)
                return counts.Sorted();
        }
        var own = await _index.CountTagsAsync(project, cancellation);
        return Counts.Sort(own.Runs);
    }

    private Counts Open(string project, long membership, out bool isNew)
    {
        lock (_gate)
        {
            isNew = !_projects.TryGetValue(project, out var counts) || counts.Membership != membership;
            if (isNew)
            {
                _projects[project] = counts = new Counts(membership);
                if (_projects.Count > MaxProjects)
                    _projects.Remove(_projects.MinBy(known => known.Value.LastUse).Key);
            }
            counts!.LastUse = ++_uses;
            return counts;
        }
    }

    private void Forget(string project, Counts counts)
    {
        if (_projects.GetValueOrDefault(project) == counts)
            _projects.Remove(project);
    }

    // On the writer's thread: a short lock.
    private void Added(string project, long seq, IReadOnlyList<(string Tag, RecordKind Kind)> series)
    {
        lock (_gate)
        {
            if (_projects.TryGetValue(project, out var counts))
                counts.Add(seq, series);
        }
    }

    private sealed class Counts(long membership)
    {
        private Dictionary<string, int>? _runs;
        private List<(long Seq, string Tag)> _early = [];
        private IReadOnlyList<(string Tag, int Runs)>? _sorted;

        public long Membership { get; } = membership;
        public long LastUse { get; set; }
        public bool IsCounted => _runs is not null;

        public void Start(TagCounts counted)
        {
            _runs = new Dictionary<string, int>(counted.Runs, StringComparer.Ordinal);
            // What was named while the database counted is in its count or not; the commit's number tells.
            foreach (var (seq, tag) in _early)
            {
                if (seq > counted.Seq)
                    Add(tag);
            }
            _early = [];
        }

        public void Add(long seq, IReadOnlyList<(string Tag, RecordKind Kind)> series)
        {
            foreach (var (tag, kind) in series)
            {
                if (kind != RecordKind.Scalar)
                    continue;
                if (_runs is null)
                    _early.Add((seq, tag));
                else
                    Add(tag);
            }
        }

        public IReadOnlyList<(string Tag, int Runs)> Sorted() => _sorted ??= Sort(_runs!);

        public static IReadOnlyList<(string Tag, int Runs)> Sort(IReadOnlyDictionary<string, int> runs) =>
            [.. runs.Select(known => (Tag: known.Key, Runs: known.Value)).OrderByDescending(known => known.Runs).ThenBy(known => known.Tag, StringComparer.Ordinal)];

        private void Add(string tag)
        {
            _runs![tag] = _runs.GetValueOrDefault(tag) + 1;
            _sorted = null;
        }
    }
}
