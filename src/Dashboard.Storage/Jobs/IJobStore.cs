namespace Dashboard.Storage;

/// <summary>Jobs, their parts, logs and results. What a lease does is fenced: a token that is no longer the newest changes nothing.</summary>
public interface IJobStore
{
    /// <summary>
    /// Stores a job that waits; null where there is no such project. Where a job with the same content and spec has succeeded, waits or runs, that one is answered; where one with the same content
    /// and another spec has succeeded, the new job has its result at once.
    /// </summary>
    /// <exception cref="TooManyJobsException">The project has <paramref name="mostOpen"/> open ones already.</exception>
    Task<JobInfo?> AddAsync(NewJob job, int mostOpen, CancellationToken cancellation);

    /// <summary>One job, or null.</summary>
    Task<JobInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>A page of jobs, newest first.</summary>
    /// <exception cref="ArgumentException">The cursor is not one that this gave.</exception>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellation);

    /// <summary>Whether any job is running.</summary>
    Task<bool> IsAnyRunningAsync(CancellationToken cancellation);

    /// <summary>Gives the oldest waiting job of these kinds, devices and projects (null for every project) to a worker, under a new token; null where there is none.</summary>
    Task<JobInfo?> LeaseAsync(IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> devices, string worker, IReadOnlyCollection<string>? projects = null);

    /// <summary>Stores what a worker got done.</summary>
    /// <param name="id">The job.</param>
    /// <param name="token">Of the lease.</param>
    /// <param name="step">What is new.</param>
    /// <param name="mostLogLines">Lines kept of the log.</param>
    /// <exception cref="LeaseLostException">The lease is not the newest, or the job does not run.</exception>
    Task<JobInfo> AppendAsync(string id, long token, JobStep step, int mostLogLines);

    /// <summary>Ends a lease. A result makes the parts superfluous, and they go.</summary>
    /// <exception cref="LeaseLostException">The lease is not the newest, or the job does not run.</exception>
    Task<JobInfo> EndAsync(string id, long token, JobOutcome outcome);

    /// <summary>Cancels a job that waits or runs; one that has ended is left as it is. Null where there is none.</summary>
    Task<JobInfo?> CancelAsync(string id);

    /// <summary>Puts a failed or cancelled job back into the queue, with its parts and without its deaths; any other is left as it is. Null where there is none.</summary>
    Task<JobInfo?> RetryAsync(string id);

    /// <summary>Removes a job that has ended with all that belongs to it; any other is left. Null where there is none.</summary>
    Task<JobInfo?> RemoveAsync(string id);

    /// <summary>Parts after a number, in order, up to about <paramref name="mostBytes"/>, or only the newest of them; null where there is no such job.</summary>
    Task<IReadOnlyList<StoredPart>?> ReadPartsAsync(string id, long after, long mostBytes, bool last, CancellationToken cancellation);

    /// <summary>The newest job of a project with this content that waits, runs or has succeeded, or null.</summary>
    Task<JobInfo?> FindContentAsync(string project, string content, CancellationToken cancellation);

    /// <summary>The log, oldest line first; null where there is no such job.</summary>
    Task<IReadOnlyList<LogLine>?> ReadLogAsync(string id, CancellationToken cancellation);

    /// <summary>The result as it was given; null where there is none.</summary>
    Task<byte[]?> ReadResultAsync(string id, CancellationToken cancellation);
}
