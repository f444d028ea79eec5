using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>A series that is being written to: its totals and the points that are not in chunks yet.</summary>
/// <remarks>
/// Everything that readers see is behind <c>lock (this)</c>, held for a copy of rows at the longest and never together with another lock. Staged members belong
/// to the writer's thread: what the group that is being committed will have made of the series, forgotten when the commit fails.
/// </remarks>
internal sealed class SeriesState(long key, RunState run, RecordKind kind, string tag, SeriesTotals totals, long sealedSeq)
{
    private const int FirstRows = 16;

    private SeriesTotals _totals = totals;
    private long _base = totals.Count;
    private int _rows;
    private long[] _steps = [];
    private double[] _wallTimes = [];
    private double[] _values = [];
    private long _frozenEnd = -1;
    private long _changedFrom = long.MaxValue;

    public long Key { get; } = key;
    public RunState Run { get; } = run;
    public RecordKind Kind { get; } = kind;
    public string Tag { get; } = tag;

    /// <summary>Inbox rows up to this one hold nothing of this series that is not in chunks.</summary>
    public long SealedSeq { get; set; } = sealedSeq;

    /// <summary>Staged totals of a record series, or last step and count of a scalar one; null outside a group that touches it.</summary>
    public SeriesTotals? Staged { get; set; }

    public SeriesTotals Totals
    {
        get
        {
            lock (this) return _totals;
        }
    }

    /// <summary>Points that are not in chunks.</summary>
    public int Unsealed
    {
        get
        {
            lock (this) return _rows;
        }
    }

    public SeriesTail Capture()
    {
        lock (this) return new SeriesTail(_base, _steps, _wallTimes, _values, _rows);
    }

    /// <summary>Adds committed points. Returns by how many the unsealed points grew.</summary>
    public int Append(SeriesColumns points)
    {
        if (points.Count == 0) return 0;
        lock (this)
        {
            var before = _rows;
            var from = 0;
            if (_totals.Replaces(points.Steps[0]))
            {
                ReplaceLast(points);
                from = 1;
            }

            var adding = points.Count - from;
            Reserve(_rows + adding);
            points.Steps.AsSpan(from, adding).CopyTo(_steps.AsSpan(_rows));
            points.WallTimes.AsSpan(from, adding).CopyTo(_wallTimes.AsSpan(_rows));
            points.Values.AsSpan(from, adding).CopyTo(_values.AsSpan(_rows));
            _rows += adding;
            _totals.Append(points, from);
            return _rows - before;
        }
    }

    /// <summary>Sets the totals of a record series after its commit.</summary>
    public void SetTotals(SeriesTotals totals)
    {
        lock (this)
        {
            _totals = totals;
            _base = totals.Count;
        }
    }

    /// <summary>Marks everything committed so far as about to be sealed.</summary>
    public (SeriesTail Tail, SeriesTotals Totals) Freeze()
    {
        lock (this)
        {
            _frozenEnd = _base + _rows;
            _changedFrom = long.MaxValue;
            return (new SeriesTail(_base, _steps, _wallTimes, _values, _rows), _totals);
        }
    }

    /// <summary>Drops the points that the last <see cref="Freeze"/> named and that are in chunks now. Returns by how many the unsealed points fell.</summary>
    public int Trim()
    {
        lock (this)
        {
            // A point that was replaced since it was frozen is stale in its chunk: it stays here, where readers believe it.
            var keepFrom = Math.Min(_frozenEnd, _changedFrom);
            _frozenEnd = -1;
            _changedFrom = long.MaxValue;
            var drop = (int)(keepFrom - _base);
            if (drop <= 0) return 0;
            var rows = _rows - drop;
            // New arrays: readers may hold the old ones.
            _steps = rows == 0 ? [] : Rest(_steps, drop, rows);
            _wallTimes = rows == 0 ? [] : Rest(_wallTimes, drop, rows);
            _values = rows == 0 ? [] : Rest(_values, drop, rows);
            _base = keepFrom;
            _rows = rows;
            return drop;
        }
    }

    private void ReplaceLast(SeriesColumns points)
    {
        if (_rows == 0)
        {
            Reserve(1);
            _base--;
            _rows = 1;
        }

        var last = _rows - 1;
        if (_base + last < _frozenEnd) _changedFrom = Math.Min(_changedFrom, _base + last);
        _steps[last] = points.Steps[0];
        _wallTimes[last] = points.WallTimes[0];
        _values[last] = points.Values[0];
        _totals.LastValue = points.Values[0];
    }

    private void Reserve(int rows)
    {
        if (_steps.Length >= rows) return;
        var room = Math.Max(rows, Math.Max(FirstRows, _steps.Length * 2));
        Array.Resize(ref _steps, room);
        Array.Resize(ref _wallTimes, room);
        Array.Resize(ref _values, room);
    }

    private static T[] Rest<T>(T[] from, int drop, int rows)
    {
        var rest = new T[Math.Max(rows, FirstRows)];
        from.AsSpan(drop, rows).CopyTo(rest);
        return rest;
    }
}
