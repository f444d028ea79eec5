using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Removes entries of the audit log that are older than they are kept.</summary>
internal sealed partial class AuditClock(IAuditStore store, IOptions<AccessOptions> options, TimeProvider clock, ILogger<AuditClock> logger) : BackgroundService
{
    // Days matter, hours do not.
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    // A start has better things to do, and the store is not open yet.
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(First, clock, stoppingToken);
            using var timer = new PeriodicTimer(Interval, clock);
            do
                await RemoveAsync();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task RemoveAsync()
    {
        try
        {
            var oldest = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.AuditDays);
            await store.RemoveBeforeAsync(oldest.Seconds());
        }
        catch (StoreException failure)
        {
            NotRemoved(failure.Message);
        }
    }

    [LoggerMessage(2404, LogLevel.Warning, "Old entries of the audit log are kept for now: {Reason}")]
    private partial void NotRemoved(string reason);
}
