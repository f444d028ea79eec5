namespace Dashboard.Client;

/// <summary>A named span of wall time; disposing it logs it.</summary>
public sealed class LossboardPhase : IDisposable
{
    private readonly LossboardRun _run;
    private readonly string _name;
    private readonly double _started;
    private int _ended;

    internal LossboardPhase(LossboardRun run, string name, double started) => (_run, _name, _started) = (run, name, started);

    /// <summary>Ends the phase; only the first call counts.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _run.LogPhase(_name, _started);
    }
}
