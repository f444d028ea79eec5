using System.Collections.Concurrent;
using System.Threading.Channels;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Writes when keys were used last, beside the requests and at most once a minute a key.</summary>
internal sealed partial class ApiKeyUses(IApiKeyStore store, ILogger<ApiKeyUses> logger) : BackgroundService
{
    private const double Between = 60;
    // Many times the keys that are used within a moment; what does not fit is noted the next minute.
    private const int MostWaiting = 1024;
    private readonly ConcurrentDictionary<long, double> _noted = new();
    private readonly Channel<ApiKeyUse> _waiting = Channel.CreateBounded<ApiKeyUse>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Notes a use.</summary>
    /// <param name="key">The key's row.</param>
    /// <param name="now">Seconds since the Unix epoch.</param>
    /// <param name="address">Where from.</param>
    public void Note(long key, double now, string? address)
    {
        if (_noted.TryGetValue(key, out var noted))
        {
            // A clock that was set back must not silence a key.
            if (Math.Abs(now - noted) < Between || !_noted.TryUpdate(key, now, noted))
                return;
        }
        else if (!_noted.TryAdd(key, now))
        {
            return;
        }
        if (!_waiting.Writer.TryWrite(new ApiKeyUse(key, now, address)))
            _noted.TryRemove(key, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                var uses = new List<ApiKeyUse>();
                while (_waiting.Reader.TryRead(out var use))
                    uses.Add(use);
                await WriteAsync(uses);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task WriteAsync(List<ApiKeyUse> uses)
    {
        try
        {
            await store.UsedAsync(uses);
        }
        catch (StoreException failure)
        {
            // A full disk, or the end: the next use is noted again.
            NotWritten(uses.Count, failure.Message);
            foreach (var use in uses)
                _noted.TryRemove(use.Key, out _);
        }
    }

    [LoggerMessage(2403, LogLevel.Warning, "The last use of {Count} keys is not stored: {Reason}")]
    private partial void NotWritten(int count, string reason);
}
