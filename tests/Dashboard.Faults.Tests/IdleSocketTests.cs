using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Connections that somebody opens to take others' place.</summary>
[Trait("Category", "Slow")]
public sealed class IdleSocketTests(ITestOutputHelper output)
{
    private const int Wanted = 10_000;
    private const int AtOnce = 250;

    // What this process needs beside its sockets.
    private const int OwnFiles = 1000;

    [Fact]
    public async Task Sockets_TenThousandIdle_TakeLittleMemoryAndGiveWay()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data, "--Limits:MaxSilentSeconds=3");
        // What is open goes on working.
        Assert.Equal(200, await server.ReadyStatusAsync());
        var before = server.Memory("VmRSS");
        var count = Math.Min(Wanted, OpenFiles() - OwnFiles);
        var sockets = new List<Socket>(count);
        try
        {
            while (sockets.Count < count)
            {
                var more = Enumerable.Range(0, Math.Min(AtOnce, count - sockets.Count)).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
                sockets.AddRange(more);
                await Task.WhenAll(more.Select(socket => ConnectAsync(socket, server.Address.Port)));
            }
            Assert.Equal(200, await server.ReadyStatusAsync());
            var took = server.Memory("VmHWM") - before;
            var began = Stopwatch.GetTimestamp();
            using var newcomer = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(5) };
            var reached = await server.WaitForAsync(() => AnswersAsync(newcomer), "a new connection to be served");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} idle sockets: {took >> 20} MiB more; a newcomer was served {reached.TotalSeconds:0.0} s after the last of them."));
            Assert.True(took <= 64L << 20, $"{took >> 20} MiB");
            foreach (var socket in sockets)
                await EndedAsync(socket);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All were closed after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task ConnectAsync(Socket socket, int port)
    {
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            // Refused at once is as good.
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static async Task EndedAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], limit.Token));
        }
        catch (SocketException)
        {
            // A reset.
        }
    }

    /// <summary>What this process may have open: .NET has raised it as far as it goes.</summary>
    private static int OpenFiles()
    {
        var line = File.ReadLines("/proc/self/limits").First(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        return int.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;
    }
}
