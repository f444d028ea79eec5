using System.Threading.Channels;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// Keeps what was committed of late, in commit order, for all subscribers at once: each reads from a position of its own, so that a slow one
/// costs nothing but its place, and falls out at the end of a bounded history.
/// </summary>
/// <remarks>
/// The writer's thread takes one short lock and wakes nobody itself. Whatever is committed while the server runs passes through here, so the
/// history is complete for every commit after <see cref="Start"/>.
/// </remarks>
internal sealed class CommitFeed : ICommitObserver
{
    // Entries beyond points: bounds what many tiny commits cost.
    private const int MaxEntries = 1 << 16;

    private readonly Lock _gate = new();

    // A ring, so that a subscriber goes on where it was without passing over what it has: hundreds of them ask with each commit.
    private readonly FeedEntry?[] _ring = new FeedEntry?[MaxEntries];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly int _maxPoints;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _first;
    private int _count;
    private long _weight;
    private long _floor = -1;
    private long _lastSeq = -1;
    private int _waiting;

    public CommitFeed(ApiLimits limits) => _maxPoints = limits.MaxLiveHistoryPoints;

    /// <summary>Last commit heard of, or null before the first.</summary>
    public long? LastSeq => Interlocked.Read(ref _lastSeq) is >= 0 and var seq ? seq : null;

    public void PointsCommitted(long seq, string project, string runId, IReadOnlyList<ScalarBlock> blocks)
    {
        long points = 0;
        foreach (var block in blocks)
            points += block.Points.Count;
        Append(new FeedEntry { Seq = seq, Project = project, RunId = runId, Blocks = blocks, Weight = Math.Max(points, 1) });
    }

    // Told just before the commit's points: under the number before it, so that whoever resumes after this entry still gets them.
    public void SeriesAdded(long seq, string project, string runId, IReadOnlyList<(string Tag, RecordKind Kind)> series) =>
        Append(new FeedEntry { Seq = seq - 1, Project = project, RunId = runId, Added = series.Select(one => new AddedSeries(one.Tag, RecordKinds.Name(one.Kind))).ToList() });

    public void RunChanged(long seq, string project, string runId, bool removed) =>
        Append(new FeedEntry { Seq = seq, Project = project, RunId = runId, Removed = removed });

    /// <summary>Tells of a job, under the number of the last commit: whoever resumes after it is rather told twice.</summary>
    public void JobChanged(JobView job, bool removed)
    {
        // Entries must not fall behind in number: a commit may not come in between.
        lock (_gate)
            Append(new FeedEntry { Seq = Math.Max(Math.Max(_lastSeq, _floor), 0), Project = job.Project, RunId = "", Job = job, Removed = removed });
    }

    /// <summary>Tells the feed what was the last commit when the server started; only the first call counts, and only before the first commit.</summary>
    public void Start(long lastSeq)
    {
        lock (_gate)
        {
            if (_floor < 0)
                _floor = lastSeq;
        }
    }

    /// <summary>
    /// Position from which everything after a commit can be read; null where the history does not reach back that far. Points of that commit
    /// itself may follow it and are to be passed over; what holds no points may be told twice.
    /// </summary>
    public long? Seek(long? afterSeq)
    {
        lock (_gate)
        {
            var end = _first + _count;
            if (afterSeq is not { } seq)
                return end;
            if (seq < _floor || seq > Math.Max(_lastSeq, _floor))
                return null;
            for (var position = _first; position < end; position++)
            {
                // A commit's entries come one by one, and a client may have left in between: what holds no points is rather told twice than missed.
                var entry = At(position);
                if (entry.Seq > seq || (entry.Seq == seq && entry.Blocks is null))
                    return position;
            }
            return end;
        }
    }

    /// <summary>Copies the entries from a position on; false where they are no longer kept.</summary>
    public bool TryRead(ref long position, List<FeedEntry> into)
    {
        into.Clear();
        lock (_gate)
        {
            if (position < _first)
                return false;
            for (var end = _first + _count; position < end; position++)
                into.Add(At(position));
            return true;
        }
    }

    /// <summary>The end of the feed and the last commit before it, for a subscriber that begins anew.</summary>
    public (long Position, long Seq) End()
    {
        lock (_gate)
            return (_first + _count, Math.Max(_lastSeq, Math.Max(_floor, 0)));
    }

    /// <summary>Ends when there is something at <paramref name="position"/>.</summary>
    public async Task WaitAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_first + _count > position)
                    return;
                _waiting++;
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(cancellation);
            }
            finally
            {
                lock (_gate)
                    _waiting--;
            }
        }
    }

    /// <summary>Wakes subscribers when something came, off the writer's thread, until cancelled.</summary>
    public async Task DispatchAsync(CancellationToken cancellation)
    {
        while (await _wake.Reader.WaitToReadAsync(cancellation))
        {
            _wake.Reader.TryRead(out _);
            TaskCompletionSource changed;
            lock (_gate)
            {
                changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            changed.SetResult();
        }
    }

    private void Append(FeedEntry entry)
    {
        bool waiting;
        lock (_gate)
        {
            if (_floor < 0)
                _floor = entry.Seq - 1;
            if (_count == MaxEntries)
                DropFirst();
            _ring[(_first + _count++) % MaxEntries] = entry;
            _weight += entry.Weight;
            while (_count > 0 && _weight > _maxPoints)
                DropFirst();
            Interlocked.Exchange(ref _lastSeq, Math.Max(_lastSeq, entry.Seq));
            waiting = _waiting > 0;
        }
        if (waiting)
            _wake.Writer.TryWrite(true);
    }

    private FeedEntry At(long position) => _ring[position % MaxEntries]!;

    private void DropFirst()
    {
        var dropped = At(_first);
        _ring[_first % MaxEntries] = null;
        _weight -= dropped.Weight;
        _floor = Math.Max(_floor, dropped.Seq);
        _first++;
        _count--;
    }
}
