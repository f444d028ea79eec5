using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Clients that begin and do not go on.</summary>
[Trait("Category", "Slow")]
public sealed class SlowClientTests(ITestOutputHelper output)
{
    private const string Events = "/api/v1/events";

    [Fact]
    public async Task Clients_ThatStallInTheirBody_DelayNobodyAndAreCutOff()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        var stalled = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => HalfBody.SendAsync(server.Address, Events, 1000, "stalled")));
        using var silent = new TcpClient();
        await silent.ConnectAsync(server.Address.Host, server.Address.Port);
        await silent.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/v1/events HTTP/1.1\r\nHost: "));
        var began = Stopwatch.GetTimestamp();

        var slowest = await SlowestAsync(server);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Slowest of 100 pushes beside 100 stalled ones: {slowest.TotalMilliseconds:0} ms."));
        // A second is far above any acknowledgement and far below the time a stalled connection is given.
        Assert.True(slowest < TimeSpan.FromSeconds(1));
        // Five seconds of grace at 240 bytes a second, and a check each second.
        foreach (var client in stalled)
        {
            Assert.DoesNotContain(" 200 ", await client.AnswerAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
            client.Dispose();
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All stalled connections were cut off {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s after they fell silent."));
        await AssertNothingStoredAsync(server, "stalled");
    }

    [Fact]
    public async Task Clients_ThatStallAfterMuchOfALargeBody_LeaveRoomForOthers()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        // Twenty halves of the largest body come to more than the server allows for bodies in memory.
        var stalled = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HalfBody.SendAsync(server.Address, Events, 32 << 20, "stalled")));

        var writer = new Writer(new BatchSource(2, "good", "r", "job").Next, "r");
        var began = Stopwatch.GetTimestamp();
        await writer.SendAsync(server.Http, server.Address, 1).WaitAsync(TimeSpan.FromSeconds(60));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A push beside twenty halves of 32 MiB was stored after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        Array.ForEach(stalled, client => client.Dispose());
        await AssertNothingStoredAsync(server, "stalled");
    }

    [Fact]
    public async Task Clients_ThatResetInTheirBody_StoreNothing()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        for (var i = 0; i < 50; i++)
        {
            using var client = await HalfBody.SendAsync(server.Address, Events, 1 << (10 + i % 12), "reset");
            client.Reset();
        }
        // The request for the metrics is one itself.
        await server.WaitForAsync(async () => await server.MetricAsync("lossboard_http_requests_in_flight") == 1, "the server to notice the resets");

        await SlowestAsync(server);
        await AssertNothingStoredAsync(server, "reset");
    }

    private static async Task<TimeSpan> SlowestAsync(ServerProcess server)
    {
        var writer = new Writer(new BatchSource(1, "good", "r", "job").Next, "r");
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 100; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await writer.SendAsync(server.Http, server.Address, 1);
            var took = Stopwatch.GetElapsedTime(began);
            // The first requests of a process are compiled as they come.
            if (i >= 10 && took > slowest)
                slowest = took;
        }
        await LedgerCheck.AssertAsync(server.Http, "good", [writer]);
        return slowest;
    }

    private static async Task AssertNothingStoredAsync(ServerProcess server, string project)
    {
        Assert.Equal(200, await server.ReadyStatusAsync());
        Assert.Empty(await RunReader.RunsAsync(server.Http, project));
    }
}
