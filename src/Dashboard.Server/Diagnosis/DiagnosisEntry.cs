using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What is known of one run: its last diagnosis, and where memory allows the signals behind it. Guarded by its own gate.</summary>
internal sealed class DiagnosisEntry : IDisposable
{
    /// <summary>Held while the run is read.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>The last diagnosis, or null before the first.</summary>
    public RunDiagnosis? Last { get; private set; }

    /// <summary>Signals kept for the next reading, or null.</summary>
    public RunSignalsState? Signals { get; set; }

    /// <summary>Rises with each use over all entries: the smallest was not used longest.</summary>
    public long LastUse { get; set; }

    // What the run was when the last diagnosis began: anything that is logged moves the time on.
    private double _updated;
    private RunStatus _status;

    /// <summary>Whether the last diagnosis still holds for a run and rules.</summary>
    public bool IsCurrent(RunInfo run, ProjectRules rules) =>
        Last is { } last && _updated == run.Updated && _status == run.Status && ReferenceEquals(last.Rules.Set, rules.Set);

    /// <summary>Keeps a diagnosis of the run as it was before it was read.</summary>
    public void Set(RunInfo run, RunDiagnosis diagnosis) => (_updated, _status, Last) = (run.Updated, run.Status, diagnosis);

    public void Dispose() => Gate.Dispose();
}
