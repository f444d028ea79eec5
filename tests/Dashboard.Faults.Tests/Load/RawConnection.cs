using System.Net.Sockets;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>A connection that is kept and sends requests made beforehand: a load generator beside the server on one machine has to cost little.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[8 << 10];

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>A whole request, head and body.</summary>
    public static byte[] Request(Uri server, Batch batch)
    {
        var body = batch.Binary ? BinaryBody.Write(batch) : JsonBody.Write(batch);
        var type = batch.Binary ? "application/vnd.lossboard.scalars" : "application/json";
        return [.. Encoding.ASCII.GetBytes($"POST /api/v1/events HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>Its status, and whether it says when to come back.</returns>
    public async Task<(int Status, bool HasRetryAfter)> ExchangeAsync(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += await _socket.SendAsync(request.AsMemory(sent));
        var have = 0;
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
            have += await ReceiveAsync(have);
        var head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
        var length = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (length >= 0)
        {
            var end = head.IndexOf('\r', length);
            var body = int.Parse(head.AsSpan(length + 15, (end < 0 ? head.Length : end) - length - 15), System.Globalization.CultureInfo.InvariantCulture);
            while (have < headEnd + 4 + body)
                have += await ReceiveAsync(have);
        }
        else
        {
            // The only other form the server uses is chunked.
            while (!_buffer.AsSpan(0, have).EndsWith("0\r\n\r\n"u8))
                have += await ReceiveAsync(have);
        }
        return (int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), head.Contains("retry-after:", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(int have)
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(have));
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
