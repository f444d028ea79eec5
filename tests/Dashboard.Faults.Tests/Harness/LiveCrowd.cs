using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>Many subscribers of the same series, each a connection of its own. They look into the frames no further than for the step, so that they cost less than the server they measure.</summary>
internal sealed class LiveCrowd : IAsyncDisposable
{
    private readonly List<ClientWebSocket> _sockets = [];
    private readonly List<Task> _reading = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly long[] _sent;
    private readonly List<double> _delays = [];
    private readonly Lock _gate = new();

    /// <param name="steps">Steps that will be sent, from 0.</param>
    public LiveCrowd(int steps) => _sent = new long[steps];

    /// <summary>Milliseconds from when a step was about to be sent to when a frame with it had come, over all subscribers and series.</summary>
    public double[] Delays
    {
        get
        {
            lock (_gate)
                return [.. _delays.Order()];
        }
    }

    public int Frames
    {
        get
        {
            lock (_gate)
                return _delays.Count;
        }
    }

    /// <summary>Notes the moment before a step is sent.</summary>
    public void Sending(int step) => Volatile.Write(ref _sent[step], Stopwatch.GetTimestamp());

    public async Task JoinAsync(Uri server, int clients, string project, IReadOnlyList<string> tags)
    {
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/hubs/live" }.Uri;
        var names = string.Join(',', tags.Select(tag => $"\"{tag}\""));
        for (var i = 0; i < clients; i++)
        {
            var socket = new ClientWebSocket();
            _sockets.Add(socket);
            await socket.ConnectAsync(address, _stop.Token);
            await SendAsync(socket, """{"protocol":"json","version":1}""");
            await SendAsync(socket, $$"""{"type":4,"invocationId":"1","target":"Subscribe","arguments":[{"project":"{{project}}","tags":[{{names}}]}]}""");
            _reading.Add(Task.Run(() => ReadAsync(socket)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_reading);
        _sockets.ForEach(socket => socket.Dispose());
        _stop.Dispose();
    }

    private Task SendAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text + '\u001e'), WebSocketMessageType.Text, true, _stop.Token);

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 << 10];
        var have = 0;
        var delays = new List<double>();
        try
        {
            while (true)
            {
                if (have == buffer.Length)
                    Array.Resize(ref buffer, 2 * have);
                var received = await socket.ReceiveAsync(buffer.AsMemory(have), _stop.Token);
                have += received.Count;
                var whole = buffer.AsSpan(0, have).LastIndexOf((byte)0x1e) + 1;
                Look(buffer.AsSpan(0, whole), delays);
                buffer.AsSpan(whole, have - whole).CopyTo(buffer);
                have -= whole;
                if (delays.Count == 0)
                    continue;
                lock (_gate)
                    _delays.AddRange(delays);
                delays.Clear();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The crowd leaves.
        }
    }

    private void Look(ReadOnlySpan<byte> messages, List<double> delays)
    {
        var steps = "\"steps\":["u8;
        for (int at; (at = messages.IndexOf(steps)) >= 0;)
        {
            messages = messages[(at + steps.Length)..];
            // Commits that came together are one frame with several steps.
            while (true)
            {
                var length = messages.IndexOfAny((byte)',', (byte)']');
                var step = int.Parse(messages[..length], NumberStyles.None, CultureInfo.InvariantCulture);
                delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref _sent[step])).TotalMilliseconds);
                var ended = messages[length] == (byte)']';
                messages = messages[(length + 1)..];
                if (ended)
                    break;
            }
        }
    }
}
