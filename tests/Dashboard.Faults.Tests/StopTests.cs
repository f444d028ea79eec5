using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>The server is asked to end, with SIGTERM.</summary>
[Trait("Category", "Slow")]
public sealed class StopTests(ITestOutputHelper output)
{
    private const string Project = "stopped";
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Terminate_UnderLoad_EndsInTimeAndKeepsEveryAcknowledgedPoint()
    {
        using var folder = new TempFolder();
        var writers = Writers();
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            var took = await TerminateUnderLoadAsync(server, writers);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ended {took.TotalMilliseconds:0} ms after SIGTERM, with {writers.Sum(writer => writer.Batches)} batches acknowledged."));
        }
        await AssertKeptAsync(folder, writers);
    }

    [Fact]
    public async Task Terminate_WithSubscribersAndAStalledUpload_EndsInTime()
    {
        using var folder = new TempFolder();
        var writers = Writers();
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            await using var live = await LiveSocket.ConnectAsync(server.Address);
            await live.SubscribeAsync(new { project = Project });
            using var stalled = await HalfBody.SendAsync(server.Address, "/api/v1/events", 1000, Project);
            using var upload = await HalfBody.SendAsync(server.Address, "/api/v1/events", 1 << 20, Project);

            var took = await TerminateUnderLoadAsync(server, writers);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ended {took.TotalMilliseconds:0} ms after SIGTERM, with a subscriber and two stalled uploads."));
        }
        await AssertKeptAsync(folder, writers);
    }

    private static Writer[] Writers() =>
        [.. Enumerable.Range(0, 4).Select(i => new Writer(new BatchSource(100 + i, Project, $"run-{i}", $"job-{i}").Next, $"run-{i}"))];

    private static async Task<TimeSpan> TerminateUnderLoadAsync(ServerProcess server, Writer[] writers)
    {
        var left = 200;
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Task.WhenAll(writers.Select(writer => writer.RunAsync(server.Http, server.Address, () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                warm.SetResult();
        })));
        await Task.WhenAny(warm.Task, load);
        Assert.False(load.IsCompleted, $"The load ended before the stop.\n{server.Log}");

        var began = Stopwatch.GetTimestamp();
        server.Terminate();
        var code = await server.ExitAsync(Drain);
        var took = Stopwatch.GetElapsedTime(began);

        Assert.True(code == 0, $"Exit code {code}.\n{server.Log}");
        // Every writer has been told: refused in words, or its connection has ended. None hangs.
        foreach (var refusal in await load.WaitAsync(TimeSpan.FromSeconds(5)))
        {
            if (refusal is not null)
                Assert.Equal(503, refusal.Status);
        }
        return took;
    }

    private static async Task AssertKeptAsync(TempFolder folder, Writer[] writers)
    {
        await using var next = await ServerProcess.StartAsync(folder.Data);
        await LedgerCheck.AssertAsync(next.Http, Project, writers, "After the stop,");
        foreach (var writer in writers)
            await writer.SettleAsync(next.Http, next.Address);
        await LedgerCheck.AssertAsync(next.Http, Project, writers, "Settled after the stop,");
    }
}
