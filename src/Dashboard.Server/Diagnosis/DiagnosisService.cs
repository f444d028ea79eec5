using Dashboard.Analysis;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads what runs say. What has not changed is not read again, and of what has only the change is.</summary>
internal sealed class DiagnosisService(ISeriesStore series, RuleBook book, SeqSource seqs, DiagnosisCache cache, TimeProvider clock) : IDisposable
{
    /// <summary>A run that is read again and again is left alone for so many times as long as its last reading took: under one twentieth of a core.</summary>
    public const double Rest = 24;

    // A reading takes up to a second of processor time: one at a time, or a few open pages would starve the training jobs.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What a run says; null where it is gone.</summary>
    /// <param name="run">The run as it is now.</param>
    /// <param name="maxAge">Seconds that the reading may be old where the run has changed since; 0 for none. It is never older than the rest that a live run is given.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<RunDiagnosis?> ReadAsync(RunInfo run, double maxAge, CancellationToken cancellation)
    {
        var rules = await book.ReadAsync(run.Project, cancellation);
        var entry = cache.Get(run.Id);
        if (Known(entry, run, rules, maxAge) is { } known)
            return known;
        await entry.Gate.WaitAsync(cancellation);
        try
        {
            // Someone else may have read it meanwhile.
            if (Known(entry, run, rules, maxAge) is { } read)
                return read;
            return await InTurnAsync(() => ReadAsync(entry, run, rules, cancellation), cancellation);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Whether a diagnosis is what the run says now.</summary>
    public bool IsCurrent(RunInfo run, RunDiagnosis diagnosis) => cache.Peek(run.Id) is { } entry && entry.Last == diagnosis && entry.IsCurrent(run, diagnosis.Rules);

    /// <summary>What a run says by rules that are not in force; nothing of it is kept.</summary>
    public async Task<RunDiagnosis?> TryAsync(RunInfo run, ProjectRules rules, CancellationToken cancellation)
    {
        var entry = cache.Get(run.Id);
        await entry.Gate.WaitAsync(cancellation);
        try
        {
            return await InTurnAsync(() => ReadSignalsAsync(entry, run, rules, cancellation), cancellation);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<RunDiagnosis?> InTurnAsync(Func<Task<RunDiagnosis?>> read, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            _turn.Release();
        }
    }

    private RunDiagnosis? Known(DiagnosisEntry entry, RunInfo run, ProjectRules rules, double maxAge)
    {
        if (entry.IsCurrent(run, rules))
            return entry.Last;
        return entry.Last is { } last && ReferenceEquals(last.Rules.Set, rules.Set) && Now - last.ReadAt < Math.Min(maxAge, Rest * last.Read.Seconds) ? last : null;
    }

    private async Task<RunDiagnosis?> ReadAsync(DiagnosisEntry entry, RunInfo run, ProjectRules rules, CancellationToken cancellation)
    {
        if (await ReadSignalsAsync(entry, run, rules, cancellation) is not { } diagnosis)
            return null;
        entry.Set(run, diagnosis);
        cache.Trim(entry);
        return diagnosis;
    }

    private async Task<RunDiagnosis?> ReadSignalsAsync(DiagnosisEntry entry, RunInfo run, ProjectRules rules, CancellationToken cancellation)
    {
        // Before the read: what is committed meanwhile may be in it, and what was committed before is.
        var (seq, began) = (seqs.LastSeq, clock.GetTimestamp());
        var signals = entry.Signals ??= new RunSignalsState(run.Id, series);
        if (await signals.ReadAsync(run.Status != RunStatus.Running, rules.ReadsEverything, cancellation) is not { } read)
            return null;
        var findings = Diagnosis.Read(read, rules.Set);
        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        return new RunDiagnosis(findings, RunDiagnoses.CurvesOf(findings, read), read.Labels, signals.View(seconds), seq, Now, rules);
    }

    private double Now => clock.Seconds();
}
