using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Summaries of one scalar tag over the runs of a project, as the database had them when they were first asked for.</summary>
/// <remarks>
/// They never need to be read again: a series that is written to after the store was opened is known to memory from then on, and memory is asked first
/// (<see cref="IRunIndex.TryGetLive"/>). Runs that were removed are in no catalogue.
/// </remarks>
internal sealed class SummaryCache(IRunIndex index)
{
    // About 100 bytes each.
    private const int MaxSummaries = 500_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Dictionary<(string Project, string Tag), LinkedListNode<Entry>> _entries = [];
    private int _held;

    public async Task<IReadOnlyDictionary<string, ScalarSummary>> ReadAsync(string project, string tag, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((project, tag), out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Summaries;
            }
        }
        var summaries = await index.ReadSummariesAsync(project, tag, cancellation);
        lock (_gate)
        {
            if (!_entries.ContainsKey((project, tag)))
                Add(new Entry(project, tag, summaries));
        }
        return summaries;
    }

    private void Add(Entry entry)
    {
        _entries[(entry.Project, entry.Tag)] = _byUse.AddFirst(entry);
        _held += entry.Weight;
        while (_held > MaxSummaries && _byUse.Last is { } oldest)
        {
            _byUse.RemoveLast();
            _entries.Remove((oldest.Value.Project, oldest.Value.Tag));
            _held -= oldest.Value.Weight;
        }
    }

    private sealed record Entry(string Project, string Tag, IReadOnlyDictionary<string, ScalarSummary> Summaries)
    {
        // An entry without summaries costs something, too: tags that do not exist must not gather.
        public int Weight => Summaries.Count + 10;
    }
}
