namespace Dashboard.Server;

/// <summary>Runs the feed's dispatch while the host runs.</summary>
internal sealed class LiveDispatch(CommitFeed feed) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => feed.DispatchAsync(stoppingToken);
}
