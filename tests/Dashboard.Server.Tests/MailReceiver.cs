using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Server.Tests;

/// <summary>As much of a mail server as one mail needs: takes it on loopback and keeps what was said.</summary>
internal sealed class MailReceiver : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<(string Commands, string Mail)> _mail;

    public MailReceiver()
    {
        _listener.Start();
        _mail = ReceiveAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The commands and the mail that came.</summary>
    public Task<(string Commands, string Mail)> MailAsync() => _mail.WaitAsync(Longest);

    public void Dispose() => _listener.Dispose();

    private async Task<(string, string)> ReceiveAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), new ASCIIEncoding()) { AutoFlush = true, NewLine = "\r\n" };
        var (commands, mail) = (new StringBuilder(), new StringBuilder());
        await writer.WriteLineAsync("220 stand-in");
        while (await reader.ReadLineAsync() is { } line)
        {
            commands.AppendLine(line);
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } text && text != ".")
                    mail.AppendLine(text);
                await writer.WriteLineAsync("250 taken");
                return (commands.ToString(), mail.ToString());
            }
            await writer.WriteLineAsync("250 ok");
        }
        throw new InvalidOperationException("The sender went before it sent a mail.");
    }
}
