using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// Sends the messages that wait, one after the other, and tries again those that did not arrive. What waits is in the store, so a restart loses nothing; a message
/// is marked as sent after its receiver took it, so a server that dies in between sends it once more, under the same id.
/// </summary>
internal sealed partial class AlertDelivery(
    IAlertStore alerts, AlertSettings settings, IEnumerable<IAlertChannel> channels, IOptions<AlertOptions> options, TimeProvider clock, ILogger<AlertDelivery> logger)
    : BackgroundService
{
    private const int Batch = 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    // A message of a run that is just being removed is due and is not given out: it must not be asked for in a loop.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Has what waits looked at now.</summary>
    public void Hurry()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var pause = await SendDueAsync(stoppingToken);
                await WaitAsync(pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end: what waits is sent after the next start.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <summary>Sends what is due; answers how long there is nothing to do.</summary>
    private async Task<TimeSpan> SendDueAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var alert in await alerts.DueAsync(Now, Batch, cancellation))
                await SendAsync(alert, cancellation);
            var next = await alerts.NextDueAsync(cancellation);
            return next is null ? LongestPause : Clamp(TimeSpan.FromSeconds(next.Value - Now));
        }
        catch (StoreException failure)
        {
            NotStored(failure);
            return ShortestPause;
        }
    }

    private async Task SendAsync(AlertInfo alert, CancellationToken cancellation)
    {
        var result = await TryAsync(alert, cancellation);
        if (result.Delivered)
        {
            await alerts.TriedAsync(alert.Id, null, null);
            Sent(alert.Id, alert.Channel, alert.RunId);
            return;
        }
        var tries = alert.Attempts + 1;
        double? next = result.Again && tries < options.Value.Attempts ? Now + Math.Max(Backoff(tries).TotalSeconds, Math.Min(result.After ?? 0, LongestPause.TotalSeconds)) : null;
        await alerts.TriedAsync(alert.Id, result.Detail, next);
        NotSent(alert.Id, alert.Channel, alert.RunId, tries, result.Detail, next is null ? "given up" : "tried again later");
    }

    private async Task<AlertResult> TryAsync(AlertInfo alert, CancellationToken cancellation)
    {
        if (!_channels.TryGetValue(alert.Channel, out var channel) || JsonSerializer.Deserialize(alert.BodyJson, ContractsJson.Default.AlertMessage) is not { } message)
            return new AlertResult(false, "This server does not know the channel.", Again: false);
        var (rules, _) = await settings.ReadAsync(alert.Project, cancellation);
        try
        {
            return await channel.SendAsync(message, rules, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One message that cannot be made must not hold up the others.
            Failed(alert.Id, failure);
            return new AlertResult(false, "The message could not be sent; the server's log says more.");
        }
    }

    private TimeSpan Backoff(int tries) => Clamp(TimeSpan.FromSeconds(options.Value.RetrySeconds * Math.Pow(2, Math.Min(tries - 1, 20))));

    private static TimeSpan Clamp(TimeSpan pause) => pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hurry = _wake.WaitAsync(enough.Token);
        await Task.WhenAny(hurry, Task.Delay(pause, clock, enough.Token));
        await enough.CancelAsync();
        await hurry.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    private double Now => clock.Seconds();

    [LoggerMessage(2060, LogLevel.Information, "Message {Id} about run {RunId} went out by {Channel}.")]
    private partial void Sent(string id, string channel, string runId);

    [LoggerMessage(2061, LogLevel.Warning, "Message {Id} about run {RunId} did not go out by {Channel} (try {Tries}): {Reason} It is {Next}.")]
    private partial void NotSent(string id, string channel, string runId, int tries, string reason, string next);

    [LoggerMessage(2062, LogLevel.Error, "Message {Id} could not be made.")]
    private partial void Failed(string id, Exception failure);

    [LoggerMessage(2063, LogLevel.Warning, "The messages that wait could not be read or marked; they are tried again.")]
    private partial void NotStored(StoreException failure);
}
