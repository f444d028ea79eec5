namespace Dashboard.Server;

/// <summary>Runs the feed's dispatch while the host runs.</summary>
internal sealed class LiveDispatch(CommitFeed feed, SeqSource seqs) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request: what was committed before this process must count as missed, whatever the first commit tells of.
        feed.Start(seqs.LastSeq);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await feed.DispatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end. The host takes it for a failure where it comes before the server has started, as with a port in use.
        }
    }
}
