namespace Dashboard.Server.Tests;

/// <summary>The system's time, which a test can turn forward: single timers that would then have rung ring at once.</summary>
internal sealed class TurnedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _turned;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return base.GetUtcNow() + _turned;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period != Timeout.InfiniteTimeSpan || dueTime == Timeout.InfiniteTimeSpan)
            return timer;
        var alarm = new Alarm(this, timer, GetUtcNow() + dueTime, () => callback(state));
        lock (_gate)
            _alarms.Add(alarm);
        return alarm;
    }

    public void Turn(TimeSpan by)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _turned += by;
            due = _alarms.FindAll(alarm => alarm.Due <= base.GetUtcNow() + _turned);
            _alarms.RemoveAll(due.Contains);
        }
        due.ForEach(alarm => alarm.Ring());
    }

    private sealed class Alarm(TurnedTime time, ITimer timer, DateTimeOffset due, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; } = due;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            lock (time._gate)
                time._alarms.Remove(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
