using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// Reads the runs of projects that tell somebody, while they are logged to: every few seconds those that changed, one after the other, with rests so that all of it
/// takes less than a twentieth of a core.
/// </summary>
internal sealed partial class DiagnosisWatch(
    DiagnosisService diagnoses, AlertSettings settings, AlertWriter writer, IRunIndex runs, RunChangeLog changes, TimeProvider clock, ILogger<DiagnosisWatch> logger)
    : BackgroundService
{
    private const string Language = "en";
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(3);

    // What was logged shortly before a stop may not have been read; what is older was.
    private static readonly TimeSpan Missed = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _due = [];
    private volatile IReadOnlyDictionary<string, AlertRules> _rules = new Dictionary<string, AlertRules>();
    private volatile bool _stale = true;

    /// <summary>Whom to tell has changed in some project: what is logged from now on is read for it.</summary>
    public Task SettingsChangedAsync(CancellationToken cancellation)
    {
        _stale = true;
        return LoadAsync(cancellation);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        changes.OnRunChanged(Changed);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AddMissedAsync(stoppingToken);
            using var timer = new PeriodicTimer(Rhythm, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ReadDueAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    // On the writer's thread: a look-up, and an id noted.
    private void Changed(string project, string runId)
    {
        if (!_rules.ContainsKey(project))
            return;
        lock (_gate)
            _due.Add(runId);
    }

    private async Task AddMissedAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return;
        var since = (clock.GetUtcNow() - Missed).Seconds();
        foreach (var project in _rules.Keys)
        {
            await runs.VisitAsync(project, run =>
            {
                if (run.Updated < since)
                    return;
                lock (_gate)
                    _due.Add(run.Id);
            }, cancellation);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        if (!_stale)
            return true;
        _stale = false;
        try
        {
            _rules = await settings.ReadAllAsync(cancellation);
            return true;
        }
        catch (StoreException failure)
        {
            _stale = true;
            NotRead(failure);
            return false;
        }
    }

    private async Task ReadDueAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return;
        List<string> due;
        lock (_gate)
        {
            due = [.. _due];
            _due.Clear();
        }
        foreach (var runId in due)
        {
            var began = clock.GetTimestamp();
            await ReadAsync(runId, cancellation);
            await Task.Delay(DiagnosisService.Rest * clock.GetElapsedTime(began), clock, cancellation);
        }
    }

    private async Task ReadAsync(string runId, CancellationToken cancellation)
    {
        try
        {
            if (await runs.FindAsync([runId], 0, cancellation) is not [{ Trashed: null } run] || !_rules.TryGetValue(run.Project, out var rules))
                return;
            if (await diagnoses.ReadAsync(run, 0, cancellation) is { } diagnosis)
                await writer.TellAsync(run, FindingViews.Of(run, diagnosis, Language).Items, rules);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One run that cannot be read must not keep the others from being told of. It is due again.
            RunNotRead(runId, failure.GetType().Name, failure);
            lock (_gate)
                _due.Add(runId);
        }
    }

    [LoggerMessage(2065, LogLevel.Warning, "Whom to tell of findings could not be read; it is tried again.")]
    private partial void NotRead(StoreException failure);

    [LoggerMessage(2066, LogLevel.Warning, "Run {RunId} could not be read for its findings ({Reason}); it is tried again.")]
    private partial void RunNotRead(string runId, string reason, Exception failure);
}
