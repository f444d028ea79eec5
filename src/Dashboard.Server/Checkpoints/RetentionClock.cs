using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Applies retention rules every few minutes, and soon after they changed.</summary>
internal sealed partial class RetentionClock(Retention retention, TimeProvider clock, ILogger<RetentionClock> logger) : BackgroundService
{
    // Checkpoints come minutes apart; a round reads one list a project that has rules.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _asked = new(0);

    /// <summary>Asks for a round now.</summary>
    public void Wake() => _asked.Release();

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = clock.CreateTimer(_ => Wake(), null, Interval, Interval);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _asked.WaitAsync(stoppingToken);
                await RoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            await retention.SweepAsync(cancellation);
        }
        catch (StoreException failure)
        {
            RoundFailed(failure);
        }
    }

    [LoggerMessage(2031, LogLevel.Warning, "Retention rules could not be applied; it is tried again.")]
    private partial void RoundFailed(Exception failure);
}
