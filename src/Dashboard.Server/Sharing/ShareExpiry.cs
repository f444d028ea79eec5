namespace Dashboard.Server;

/// <summary>Closes the live connections of share links that expire while they are open. Requests are refused without it: each asks for the time.</summary>
internal sealed class ShareExpiry(ShareLinks links, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                links.CloseExpired();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end. The host takes it for a failure where it comes before the server has started, as with a port in use.
        }
    }
}
