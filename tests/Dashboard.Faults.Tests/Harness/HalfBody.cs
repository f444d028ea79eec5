using System.Net.Sockets;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>A client that announced a body, sent half of it, and fell silent.</summary>
internal sealed class HalfBody : IDisposable
{
    private readonly TcpClient _client = new();

    private HalfBody()
    {
    }

    /// <summary>Connects and sends the headers and half of a body that would be valid if it were whole.</summary>
    public static async Task<HalfBody> SendAsync(Uri server, string path, int length, string project)
    {
        var half = new HalfBody();
        await half._client.ConnectAsync(server.Host, server.Port);
        var start = $$"""{"project":"{{project}}","run":"half","events":[{"type":"scalar","tag":"t","step":1,"value":1},{"type":"text","tag":"t","step":1,"text":" """;
        var head = $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n";
        await half._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + start.PadRight(length / 2)));
        return half;
    }

    /// <summary>Waits until the server answers or hangs up.</summary>
    /// <returns>The first line of the answer; empty where there was none.</returns>
    public async Task<string> AnswerAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        using var reader = new StreamReader(_client.GetStream(), Encoding.ASCII, false, 1024, leaveOpen: true);
        try
        {
            return await reader.ReadLineAsync(timeout.Token) ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Ends the connection with a reset, as a process that dies does.</summary>
    public void Reset()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();
}
