namespace Dashboard.Client;

/// <summary>Looks at the machine every few seconds and logs what it finds, on a thread of the pool that nothing waits for.</summary>
internal sealed class MachineMetrics : IDisposable
{
    // The first look comes early, so that a short run has one; a processor's load needs a stretch of time.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    private readonly MachineMeasures _measures;
    private readonly Action<string, double, long> _log;
    private readonly Notifier _notifier;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private long _step;
    private bool _ended;

    public MachineMetrics(MachineMeasures measures, TimeProvider time, TimeSpan interval, Action<string, double, long> log, Notifier notifier)
    {
        (_measures, _log, _notifier) = (measures, log, notifier);
        _timer = time.CreateTimer(_ => Sample(), null, First, interval);
    }

    /// <summary>Takes one sample now; the step counts them.</summary>
    public void Sample()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            try
            {
                foreach (var (name, value) in _measures.Take())
                    _log($"system/{name}", value, _step);
                _step++;
            }
#pragma warning disable CA1031 // Nothing here may disturb a training, and what failed once would fail again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _ended = true;
                _notifier.BadEvent("the machine's load, which is not logged any more", e);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _ended = true;
        _measures.Dispose();
    }
}
