using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>A subscriber of <c>/hubs/live</c> over a bare WebSocket: SignalR's JSON protocol, as a browser speaks it.</summary>
internal sealed class LiveSocket : IAsyncDisposable
{
    private const char End = '\u001e';
    private const int StreamItem = 2;
    private const int Completion = 3;
    private const int Close = 7;

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _messages = new();
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly MemoryStream _partial = new();

    private LiveSocket()
    {
    }

    public static async Task<LiveSocket> ConnectAsync(Uri server)
    {
        var live = new LiveSocket();
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/hubs/live" }.Uri;
        await live._socket.ConnectAsync(address, CancellationToken.None);
        await live.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await live.ReceiveAsync(CancellationToken.None));
        return live;
    }

    /// <summary>Begins the stream of frames.</summary>
    public Task SubscribeAsync(object subscription) =>
        SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target = "Subscribe", arguments = new[] { subscription } }));

    /// <summary>Next frame; null once the server or the connection ended.</summary>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellation)
    {
        while (await ReceiveAsync(cancellation) is { } text)
        {
            var message = JsonDocument.Parse(text).RootElement;
            switch (message.GetProperty("type").GetInt32())
            {
                case StreamItem:
                    return message.GetProperty("item");
                case Completion when message.TryGetProperty("error", out var error):
                    throw new InvalidOperationException($"The hub refused: {error.GetString()}");
                case Completion or Close:
                    return null;
            }
        }
        return null;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _partial.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text + End), WebSocketMessageType.Text, true, CancellationToken.None);

    // A WebSocket message may hold several of SignalR's, and one of SignalR's may span several.
    private async Task<string?> ReceiveAsync(CancellationToken cancellation)
    {
        while (_messages.Count == 0)
        {
            try
            {
                var received = await _socket.ReceiveAsync(_buffer, cancellation);
                if (received.MessageType == WebSocketMessageType.Close)
                    return null;
                _partial.Write(_buffer, 0, received.Count);
            }
            catch (WebSocketException)
            {
                return null;
            }
            var bytes = _partial.ToArray();
            var whole = Array.LastIndexOf(bytes, (byte)End) + 1;
            foreach (var text in Encoding.UTF8.GetString(bytes, 0, whole).Split(End, StringSplitOptions.RemoveEmptyEntries))
                _messages.Enqueue(text);
            _partial.SetLength(0);
            _partial.Write(bytes, whole, bytes.Length - whole);
        }
        return _messages.Dequeue();
    }
}
