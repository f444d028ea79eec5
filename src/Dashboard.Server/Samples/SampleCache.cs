using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Series of samples that were read lately, so that a step that is added costs the reading of one step. What was used longest ago goes first.</summary>
internal sealed class SampleCache(ApiLimits limits)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _byUse = [];
    private readonly Dictionary<(string RunId, string Tag), LinkedListNode<Entry>> _entries = [];
    private long _held;

    /// <summary>The series of a run and tag, new where it is not held.</summary>
    public SampleSeries Of(string runId, string tag)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((runId, tag), out var known))
            {
                _byUse.Remove(known);
                _byUse.AddFirst(known);
                return known.Value.Series;
            }
            var node = _byUse.AddFirst(new Entry(runId, tag, new SampleSeries()));
            _entries.Add((runId, tag), node);
            return node.Value.Series;
        }
    }

    /// <summary>Tells what a series takes now. Others, or where it is larger than all room that there is, this one too, are let go; requests that have them go on with them.</summary>
    public void Weigh(string runId, string tag, SampleSeries series)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((runId, tag), out var node) || node.Value.Series != series)
                return;
            var bytes = (series.History?.Bytes ?? 0) + 1000;
            _held += bytes - node.Value.Bytes;
            node.Value.Bytes = bytes;
            while (_held > limits.MaxSampleCacheBytes && _byUse.Last is { } oldest)
                Remove(oldest);
        }
    }

    /// <summary>Lets a series go, as when it does not exist.</summary>
    public void Forget(string runId, string tag)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((runId, tag), out var node))
                Remove(node);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove((node.Value.RunId, node.Value.Tag));
        _held -= node.Value.Bytes;
    }

    private sealed class Entry(string runId, string tag, SampleSeries series)
    {
        public string RunId => runId;
        public string Tag => tag;
        public SampleSeries Series => series;
        public long Bytes { get; set; }
    }
}
