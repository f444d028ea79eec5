using Dashboard.Contracts;
using Microsoft.Extensions.Logging;

namespace Dashboard.Worker;

/// <summary>Tells the server how a job goes, which also keeps its lease: at once at the beginning, then a few times a second. What could not be sent waits.</summary>
internal sealed partial class JobReporter(WorkerApi api, Lease lease, string backend, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    // Reports of the first second follow each other at this share of the job's age, so that the first tiles are on screen at once.
    private const double ShareOfAge = 0.1;

    // A lease is renewed this many times before it would run out.
    private const double RenewalsOfALease = 3;

    // Parts of one report: some megabytes.
    private const int MostParts = 512;
    private const int MostLines = 100;

    private readonly Lock _gate = new();
    private readonly List<JobPart> _parts = [];
    private readonly List<JobLogLine> _lines = [];
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _lost = new();
    private readonly long _began = time.GetTimestamp();
    private double? _progress;
    private string? _message;
    private double? _secondsLeft;

    /// <summary>Cancelled when the lease is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Seconds that a lease has.</summary>
    public double LeaseSeconds { get; private set; } = lease.LeaseSeconds;

    public void Part(JobPart part) => Tell(() => _parts.Add(part));

    public void Progress(double? share, string? message, double? secondsLeft) => Tell(() => (_progress, _message, _secondsLeft) = (share ?? _progress, message ?? _message, secondsLeft));

    /// <summary>A line for the job's log.</summary>
    public void Log(string text) => Tell(() =>
    {
        if (_lines.Count < MostLines) _lines.Add(new JobLogLine(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, text));
    });

    /// <summary>The lease is lost, as somebody else has heard.</summary>
    public void LeaseIsLost() => _lost.Cancel();

    /// <summary>Reports until it is cancelled or the lease is lost.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var backoff = new Backoff(time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await SendAsync(cancellation);
                backoff.Reset();
                var age = time.GetElapsedTime(_began);
                await Task.Delay(age * ShareOfAge < Between ? age * ShareOfAge : Between, time, cancellation);
                await WaitForNewsAsync(cancellation);
            }
            catch (ServerAwayException e)
            {
                LogAway(logger, lease.Job.Id, e.Message);
                await backoff.WaitAsync(cancellation);
            }
            catch (LeaseLostException)
            {
                _lost.Cancel();
                return;
            }
            catch (ServerRefusedException e)
            {
                // A report that is refused will be refused again; the job is not ours to end.
                LogRefused(logger, lease.Job.Id, e.Message);
                _lost.Cancel();
                return;
            }
        }
    }

    /// <summary>Watches for the loss of the lease until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var backoff = new Backoff(time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await api.WatchAsync(lease.Job.Id, lease.Token, 20, cancellation);
                backoff.Reset();
            }
            catch (LeaseLostException)
            {
                _lost.Cancel();
                return;
            }
            catch (Exception e) when (e is ServerAwayException or ServerRefusedException)
            {
                await backoff.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>Sends what still waits, once.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        while (Waiting()) await SendAsync(cancellation);
    }

    /// <summary>Lines that nobody has been told yet.</summary>
    public IReadOnlyList<JobLogLine> TakeLines()
    {
        lock (_gate)
        {
            JobLogLine[] lines = [.. _lines];
            _lines.Clear();
            return lines;
        }
    }

    public void Dispose()
    {
        _news.Dispose();
        _lost.Dispose();
    }

    private bool Waiting()
    {
        lock (_gate) return _parts.Count > 0 || _lines.Count > 0;
    }

    private void Tell(Action change)
    {
        lock (_gate)
        {
            change();
            if (_news.CurrentCount == 0) _news.Release();
        }
    }

    private async Task WaitForNewsAsync(CancellationToken cancellation)
    {
        using var renewal = new CancellationTokenSource(TimeSpan.FromSeconds(LeaseSeconds / RenewalsOfALease), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, renewal.Token);
        try
        {
            await _news.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing new: the report says that the worker lives.
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        JobReport report;
        lock (_gate)
        {
            report = new JobReport
            {
                Token = lease.Token,
                Backend = backend,
                Progress = _progress,
                Message = _message,
                SecondsLeft = _secondsLeft,
                Parts = _parts.Count == 0 ? null : [.. _parts.Take(MostParts)],
                Log = _lines.Count == 0 ? null : [.. _lines],
            };
        }
        var seconds = await api.ReportAsync(lease.Job.Id, report, cancellation);
        lock (_gate)
        {
            if (seconds > 0) LeaseSeconds = seconds;
            _parts.RemoveRange(0, report.Parts?.Count ?? 0);
            _lines.RemoveRange(0, report.Log?.Count ?? 0);
        }
    }

    [LoggerMessage(5020, LogLevel.Warning, "Job {Job}: the server cannot be reached ({Reason}); what is computed waits.")]
    private static partial void LogAway(ILogger logger, string job, string reason);

    [LoggerMessage(5021, LogLevel.Error, "Job {Job}: the server refuses a report: {Reason}")]
    private static partial void LogRefused(ILogger logger, string job, string reason);
}
