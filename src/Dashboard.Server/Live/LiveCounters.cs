namespace Dashboard.Server;

/// <summary>What the live hub did since the start.</summary>
internal sealed class LiveCounters
{
    private long _subscriptions;
    private long _frames;
    private long _points;
    private long _resets;

    /// <summary>Subscriptions open now.</summary>
    public long Subscriptions => Interlocked.Read(ref _subscriptions);

    public void Opened() => Interlocked.Increment(ref _subscriptions);

    public void Closed() => Interlocked.Decrement(ref _subscriptions);

    public void Sent(int points)
    {
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _points, points);
    }

    public void Reset() => Interlocked.Increment(ref _resets);

    /// <summary>Counters by metric name without prefix.</summary>
    public IEnumerable<(string Name, long Value)> Read() =>
    [
        ("frames_total", Interlocked.Read(ref _frames)),
        ("points_total", Interlocked.Read(ref _points)),
        ("resets_total", Interlocked.Read(ref _resets)),
    ];
}
