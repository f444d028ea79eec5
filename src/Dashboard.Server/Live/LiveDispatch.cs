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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => feed.DispatchAsync(stoppingToken);
}
