using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Takes up the leases that ran when the server stopped, and ends those that run out.</summary>
internal sealed partial class LeaseClock(JobBoard board, IJobStore jobs, TimeProvider clock, IOptions<WorkerOptions> options, ILogger<LeaseClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Their workers know nothing of the restart and go on: they get a whole lease to be heard of.
        if (await jobs.IsAnyRunningAsync(cancellationToken))
            await TakeUpAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await jobs.ListAsync(new JobQuery(null, JobKinds.All, JobStatus.Running, 1000, cursor), cancellationToken);
            foreach (var job in page.Jobs)
                board.Begin(job, "");
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var lease in board.Overdue())
                    await EndAsync(lease);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task EndAsync(HeldLease lease)
    {
        try
        {
            var job = await jobs.EndAsync(lease.JobId, lease.Token, new JobOutcome
            {
                Died = true,
                MostDeaths = options.Value.MostDeaths,
                Error = lease.Message is null
                    ? "The worker was not heard of any more: it died, or lost its connection."
                    : $"The worker was not heard of any more: it died, or lost its connection. It said last: {lease.Message}",
                ErrorCode = JobErrors.WorkerDied,
                Log = [new LogLine(clock.Seconds(), "The worker was not heard of any more; its lease has ended.")],
            });
            LeaseEnded(lease.JobId, job.Deaths);
            board.Changed(job);
        }
        catch (LeaseLostException)
        {
            // Something else ended it first.
            board.End(lease.JobId);
        }
        catch (StoreException failure)
        {
            // Tried again at the next tick.
            NotEnded(lease.JobId, failure);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "The lease of job {JobId} ran out without a word from its worker (death {Deaths}).")]
    private partial void LeaseEnded(string jobId, int deaths);

    [LoggerMessage(2011, LogLevel.Warning, "The lease of job {JobId} ran out, and that could not be stored; it is tried again.")]
    private partial void NotEnded(string jobId, Exception failure);
}
