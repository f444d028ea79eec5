using System.Net;
using System.Net.Sockets;

namespace Dashboard.Faults.Tests;

/// <summary>
/// Stands between clients and a server and loses a share of the answers: the request has been carried out, and its connection ends before, or in the
/// middle of, the answer. Speaks TCP; an answer begins with the first bytes that come back after bytes went forth, which holds as long as clients wait
/// for one answer before they ask again.
/// </summary>
internal sealed class DroppingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Uri> _server;
    private readonly double _share;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    /// <param name="server">Where requests go; asked for every connection, as a server may come back elsewhere.</param>
    /// <param name="share">Share of the answers to lose, 0 to 1.</param>
    /// <param name="seed">Which they are.</param>
    public DroppingProxy(Func<Uri> server, double share, int seed)
    {
        (_server, _share, _random) = (server, share, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Answers { get; private set; }

    public int Dropped { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var _ = client;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            var address = _server();
            await server.ConnectAsync(address.Host, address.Port, ended.Token);
            var connection = new Connection();
            var forth = ForthAsync(client.GetStream(), server.GetStream(), connection, ended.Token);
            var back = BackAsync(server.GetStream(), client, connection, ended.Token);
            await Task.WhenAny(forth, back);
            await ended.CancelAsync();
            await Task.WhenAll(forth, back);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or InvalidOperationException)
        {
            // One side has hung up, or the server is away: to the other side that is a connection that ends.
        }
    }

    private static async Task ForthAsync(NetworkStream client, NetworkStream server, Connection connection, CancellationToken ended)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = await client.ReadAsync(buffer, ended)) > 0;)
        {
            connection.Asked = true;
            await server.WriteAsync(buffer.AsMemory(0, read), ended);
        }
    }

    private async Task BackAsync(NetworkStream server, TcpClient client, Connection connection, CancellationToken ended)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = await server.ReadAsync(buffer, ended)) > 0;)
        {
            if (connection.Asked)
            {
                connection.Asked = false;
                if (Loses(read) is { } kept)
                {
                    // Either all is lost, or the answer breaks off; the connection ends in order or with a reset.
                    await client.GetStream().WriteAsync(buffer.AsMemory(0, kept), ended);
                    if (kept % 2 == 0)
                        client.LingerState = new LingerOption(true, 0);
                    return;
                }
            }
            await client.GetStream().WriteAsync(buffer.AsMemory(0, read), ended);
        }
    }

    // How much of a lost answer still passes; null for one that is not lost.
    private int? Loses(int length)
    {
        lock (_gate)
        {
            Answers++;
            if (_random.NextDouble() >= _share)
                return null;
            Dropped++;
            return _random.Next(2) == 0 ? 0 : _random.Next(length);
        }
    }

    private sealed class Connection
    {
        private volatile bool _asked;

        public bool Asked
        {
            get => _asked;
            set => _asked = value;
        }
    }
}
