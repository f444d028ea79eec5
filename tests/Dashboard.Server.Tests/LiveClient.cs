using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>Speaks SignalR's JSON protocol over a plain WebSocket: records that end in 0x1E.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _records = new();
    private readonly MemoryStream _partial = new();

    public static async Task<LiveClient> ConnectAsync(Uri server, string? origin = null, (string Name, string Value)? credentials = null)
    {
        var client = new LiveClient();
        if (origin is not null)
            client._socket.Options.SetRequestHeader("Origin", origin);
        if (credentials is var (name, value))
            client._socket.Options.SetRequestHeader(name, value);
        using var patience = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/live" }.Uri, patience.Token);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await client.RecordAsync()).GetRawText());
        return client;
    }

    public Task SubscribeAsync(string id, string subscription) =>
        SendAsync($$"""{"type":4,"invocationId":"{{id}}","target":"Subscribe","arguments":[{{subscription}}]}""");

    public Task CancelAsync(string id) => SendAsync($$"""{"type":5,"invocationId":"{{id}}"}""");

    /// <summary>The next item or completion of any stream; pings are passed over.</summary>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            var record = await RecordAsync();
            if (record.GetProperty("type").GetInt32() is 2 or 3)
                return record;
        }
    }

    /// <summary>The next frame.</summary>
    public async Task<JsonElement> FrameAsync()
    {
        var record = await NextAsync();
        Assert.True(record.TryGetProperty("item", out var frame), record.GetRawText());
        return frame;
    }

    /// <summary>Points of a tag, in order, until there are enough.</summary>
    public async Task<List<(long Step, double Value)>> PointsAsync(string tag, int count, Action<JsonElement>? every = null)
    {
        var points = new List<(long, double)>();
        while (points.Count < count)
        {
            var frame = await FrameAsync();
            every?.Invoke(frame);
            if (frame.TryGetProperty("tag", out var found) && found.GetString() == tag)
                points.AddRange(frame.Array<long>("steps").Zip(frame.Array<double>("values")));
        }
        return points;
    }

    /// <summary>Ends when the server has ended the connection.</summary>
    public async Task EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64 << 10];
        try
        {
            while ((await _socket.ReceiveAsync(buffer, patience.Token)).MessageType != WebSocketMessageType.Close)
            {
                // What was sent before the end.
            }
        }
        catch (WebSocketException)
        {
            // Cut off without a farewell.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _partial.DisposeAsync();
    }

    private async Task SendAsync(string record)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, patience.Token);
    }

    private async Task<JsonElement> RecordAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64 << 10];
        while (_records.Count == 0)
        {
            var read = await _socket.ReceiveAsync(buffer, patience.Token);
            Assert.NotEqual(WebSocketMessageType.Close, read.MessageType);
            for (var at = 0; at < read.Count; at++)
            {
                if (buffer[at] != 0x1E)
                {
                    _partial.WriteByte(buffer[at]);
                    continue;
                }
                _records.Enqueue(JsonDocument.Parse(_partial.ToArray()).RootElement);
                _partial.SetLength(0);
            }
        }
        return _records.Dequeue();
    }
}
