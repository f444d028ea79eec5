namespace Dashboard.Storage;

/// <summary>What waits to be sealed, and the counters that go with it. Written by the writer's thread; the numbers may be read anywhere.</summary>
internal sealed class SealBacklog(StorageOptions options, TimeProvider clock)
{
    private readonly HashSet<SeriesState> _dirty = [];
    private long _unsealed;
    private long _inboxBytes;
    private long _oldest;
    private long _points;
    private long _commits;
    private long _seq;

    /// <summary>Points in memory that are not in chunks.</summary>
    public long Unsealed => Interlocked.Read(ref _unsealed);

    /// <summary>Bytes of inbox rows since the last seal.</summary>
    public long InboxBytes => Interlocked.Read(ref _inboxBytes);

    /// <summary>Points and records acknowledged since the start.</summary>
    public long Points => Interlocked.Read(ref _points);

    /// <summary>Batches acknowledged since the start.</summary>
    public long Batches => Interlocked.Read(ref _commits);

    /// <summary>Number of the last commit.</summary>
    public long LastSeq => Interlocked.Read(ref _seq);

    /// <summary>True once enough has gathered, or has waited long enough, to be sealed.</summary>
    public bool Due
    {
        get
        {
            if (Unsealed >= options.UnsealedPoints || InboxBytes >= MaxInboxBytes) return true;
            var oldest = Interlocked.Read(ref _oldest);
            return oldest != 0 && clock.GetElapsedTime(oldest).TotalSeconds >= options.SealAfterSeconds;
        }
    }

    /// <summary>True where sealing cannot keep up and memory would grow past its bound.</summary>
    public bool Overdue => Unsealed >= 4L * options.UnsealedPoints;

    // At four bytes a point the rows of UnsealedPoints take about this much; small batches take more a point, and a restart reads them all.
    private long MaxInboxBytes => 32L * options.UnsealedPoints;

    public void Start(long seq) => Interlocked.Exchange(ref _seq, seq);

    public void Queued(int bytes)
    {
        Interlocked.Add(ref _inboxBytes, bytes);
        Interlocked.CompareExchange(ref _oldest, Math.Max(1, clock.GetTimestamp()), 0);
    }

    public void Grew(SeriesState state, int points)
    {
        _dirty.Add(state);
        Interlocked.Add(ref _unsealed, points);
    }

    public void Applied(long seq, long accepted)
    {
        Interlocked.Exchange(ref _seq, seq);
        Interlocked.Add(ref _points, accepted);
        Interlocked.Increment(ref _commits);
    }

    public void Shrank(SeriesState state, int points)
    {
        Interlocked.Add(ref _unsealed, -points);
        if (state.Unsealed == 0) _dirty.Remove(state);
    }

    public void Forget(SeriesState state)
    {
        if (_dirty.Remove(state)) Interlocked.Add(ref _unsealed, -state.Unsealed);
    }

    /// <summary>Series that have points to seal, and starts the age and size of the inbox anew.</summary>
    public List<SeriesState> TakeDirty()
    {
        Interlocked.Exchange(ref _inboxBytes, 0);
        Interlocked.Exchange(ref _oldest, 0);
        return [.. _dirty];
    }

    /// <summary>Has the next seal come soon: this one did not finish.</summary>
    public void Retry() => Interlocked.CompareExchange(ref _oldest, Math.Max(1, clock.GetTimestamp()), 0);
}
