using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Browser.Tests;

/// <summary>Another site on this machine, whose one page shows an address in a frame.</summary>
public sealed class FramePage : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public FramePage()
    {
        // Another host name makes it another site for the browser, whatever the port.
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Origin = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Origin + "/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Origin { get; }

    /// <summary>What the frame shows.</summary>
    public string Framed { get; set; } = "about:blank";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering;
        _listener.Close();
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var isPage = context.Request.Url!.AbsolutePath == "/";
            context.Response.StatusCode = isPage ? 200 : 204;
            context.Response.ContentType = "text/html; charset=utf-8";
            var page = isPage ? $"<!doctype html><title>Wiki</title><h1>Wiki</h1><iframe src=\"{WebUtility.HtmlEncode(Framed)}\" width=\"900\" height=\"600\"></iframe>" : "";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page));
            context.Response.Close();
        }
    }
}
