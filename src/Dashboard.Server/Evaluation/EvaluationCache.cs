namespace Dashboard.Server;

/// <summary>Measures that were computed, by run, tag, place and content of the predictions. What was used longest ago goes first.</summary>
internal sealed class EvaluationCache
{
    // Some hundred bytes each: the steps of a hundred runs on a page, several times over.
    private const int MaxEntries = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, StepMeasures Measures)>> _entries = [];
    private readonly LinkedList<(Key Key, StepMeasures Measures)> _uses = new();

    public StepMeasures? Find(Key key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            _uses.Remove(node);
            _uses.AddFirst(node);
            return node.Value.Measures;
        }
    }

    public void Add(Key key, StepMeasures measures)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(key))
                return;
            _entries[key] = _uses.AddFirst((key, measures));
            if (_entries.Count <= MaxEntries)
                return;
            _entries.Remove(_uses.Last!.Value.Key);
            _uses.RemoveLast();
        }
    }

    /// <summary>Names one set of predictions: a place that is written over has another checksum.</summary>
    internal readonly record struct Key(string RunId, string Tag, long Index, uint Crc);
}
