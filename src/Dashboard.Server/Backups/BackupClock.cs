using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Makes a backup whenever one is due.</summary>
internal sealed class BackupClock(BackupRounds rounds, IOptions<BackupOptions> options, TimeProvider clock) : BackgroundService
{
    // A disk that was not mounted, or is full, may be there again by then.
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(15);

    // A wait that is cut into pieces notices that the machine slept.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Folder))
            return;
        try
        {
            // The start is not held up by it.
            await Task.Yield();
            while (true)
            {
                for (var wait = rounds.UntilDue(); wait > TimeSpan.Zero; wait = rounds.UntilDue())
                    await Task.Delay(wait < Longest ? wait : Longest, clock, stoppingToken);
                // A thread of its own: a backup reads and writes for minutes.
                if (!await Task.Factory.StartNew(() => rounds.Run(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))
                    await Task.Delay(Retry, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; a backup that was being made is gone.
        }
    }
}
