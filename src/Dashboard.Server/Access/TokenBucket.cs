namespace Dashboard.Server;

/// <summary>So much a second over time, and so much at once after a silence. What is taken may overdraw it once: a body is taken whole or not at all.</summary>
internal sealed class TokenBucket(double perSecond, double burst, long now)
{
    private readonly Lock _gate = new();
    private readonly double _burst = burst;
    private double _level = burst;
    private long _at = now;

    /// <summary>Takes an amount; null where one was left at least, else how long until there is.</summary>
    public TimeSpan? Take(double amount, TimeProvider clock)
    {
        lock (_gate)
        {
            Fill(clock);
            if (_level < 1)
                return TimeSpan.FromSeconds((1 - _level) / perSecond);
            _level -= amount;
            return null;
        }
    }

    /// <summary>Takes an amount that has passed already.</summary>
    public void Charge(double amount)
    {
        lock (_gate)
            _level -= amount;
    }

    /// <summary>Whether nothing was taken for a while.</summary>
    public bool IsFull(TimeProvider clock)
    {
        lock (_gate)
        {
            Fill(clock);
            return _level >= _burst;
        }
    }

    private void Fill(TimeProvider clock)
    {
        var now = clock.GetTimestamp();
        _level = Math.Min(_burst, _level + perSecond * clock.GetElapsedTime(_at, now).TotalSeconds);
        _at = now;
    }
}
