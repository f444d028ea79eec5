using System.Net.Sockets;
using System.Text;

namespace Dashboard.Benchmarks;

/// <summary>A keep-alive HTTP/1.1 connection that sends requests made beforehand, so that the generator costs as little of the shared machine as it can. Blocking; for one thread.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000 };
    private readonly byte[] _buffer = new byte[64 << 10];

    public RawConnection(int port) => _socket.Connect("127.0.0.1", port);

    /// <summary>A whole request, head and body.</summary>
    public static byte[] Request(string contentType, string key, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes($"POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {contentType}\r\nIdempotency-Key: {key}\r\nContent-Length: {body.Length}\r\n\r\n");
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request.AsSpan(head.Length));
        return request;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The status.</returns>
    public int Exchange(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += _socket.Send(request.AsSpan(sent));
        var have = 0;
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
            have += Receive(have);
        headEnd += 4;
        var head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
        var status = int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        var at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var length = int.Parse(head.AsSpan(at + 15, head.IndexOf('\r', at) - at - 15), System.Globalization.CultureInfo.InvariantCulture);
            while (have < headEnd + length)
                have += Receive(have);
        }
        else
        {
            // The only other form the server uses is chunked.
            while (!_buffer.AsSpan(0, have).EndsWith("0\r\n\r\n"u8))
                have += Receive(have);
        }

        if (status >= 300)
            LastError = Encoding.UTF8.GetString(_buffer, headEnd, have - headEnd);
        return status;
    }

    /// <summary>Body of the last answer that was not a success.</summary>
    public string LastError { get; private set; } = "";

    public void Dispose() => _socket.Dispose();

    private int Receive(int have)
    {
        var read = _socket.Receive(_buffer.AsSpan(have));
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
