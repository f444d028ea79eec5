using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// The leases that run: who has them, how far they are, when they run out. In memory, because most reports change nothing that must outlive the server; tokens and
/// whatever a result consists of are in the store. Tells the live feed of every change of a job.
/// </summary>
internal sealed class JobBoard(CommitFeed feed, TimeProvider clock, IOptions<WorkerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldLease> _leases = [];
    private TaskCompletionSource _queued = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Length of a lease.</summary>
    public TimeSpan Length { get; } = TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>Ends when a job comes into the queue. Taken before the queue is looked at, it misses none.</summary>
    public Task Queued
    {
        get
        {
            lock (_gate)
                return _queued.Task;
        }
    }

    /// <summary>Which jobs each worker has.</summary>
    public ILookup<string, string> ByWorker
    {
        get
        {
            lock (_gate)
                return _leases.Values.ToLookup(lease => lease.WorkerId, lease => lease.JobId);
        }
    }

    /// <summary>The job as it is to be shown now.</summary>
    public JobView View(JobInfo job) => JobViews.Of(job, job.Status == JobStatus.Running ? Find(job.Id, job.Token) : null);

    /// <summary>A lease begins.</summary>
    public JobView Begin(JobInfo job, string workerId)
    {
        lock (_gate)
            _leases[job.Id] = new HeldLease(job.Id, job.Token, workerId) { Renewed = clock.GetTimestamp() };
        return Tell(job);
    }

    /// <summary>The worker was heard of. False where its lease is not the newest.</summary>
    public bool Renew(string jobId, JobReport report)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(jobId, out var lease) || lease.Token != report.Token)
                return false;
            _leases[jobId] = lease with
            {
                Renewed = clock.GetTimestamp(),
                Progress = report.Progress ?? lease.Progress,
                Message = report.Message ?? lease.Message,
                Backend = report.Backend ?? lease.Backend,
                SecondsLeft = report.SecondsLeft,
            };
            return true;
        }
    }

    /// <summary>The worker that has the lease; null where it is lost.</summary>
    public HeldLease? Find(string jobId, long token)
    {
        lock (_gate)
            return _leases.TryGetValue(jobId, out var lease) && lease.Token == token ? lease : null;
    }

    /// <summary>The job's lease, if there was one, is over; a job that is back in the queue wakes the lanes.</summary>
    public JobView Changed(JobInfo job)
    {
        if (job.Status != JobStatus.Running)
            End(job.Id);
        if (job.Status == JobStatus.Queued)
            Wake();
        return Tell(job);
    }

    /// <summary>Tells viewers of the job as it is now.</summary>
    public JobView Tell(JobInfo job)
    {
        var view = View(job);
        feed.JobChanged(view, removed: false);
        return view;
    }

    /// <summary>Tells viewers that a job is gone.</summary>
    public void Removed(JobInfo job) => feed.JobChanged(JobViews.Of(job, null), removed: true);

    /// <summary>Leases that were not renewed in time.</summary>
    public IReadOnlyList<HeldLease> Overdue()
    {
        lock (_gate)
            return [.. _leases.Values.Where(lease => clock.GetElapsedTime(lease.Renewed) > Length)];
    }

    /// <summary>Forgets a lease that the store no longer knows.</summary>
    public void End(string jobId)
    {
        HeldLease? lease;
        lock (_gate)
            _leases.Remove(jobId, out lease);
        lease?.Lost.TrySetResult();
    }

    private void Wake()
    {
        TaskCompletionSource queued;
        lock (_gate)
        {
            queued = _queued;
            _queued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        queued.SetResult();
    }
}
