using System.Globalization;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>The server is ended with SIGKILL again and again, wherever it happens to be.</summary>
[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int VerifyEvery = 10;
    private const string Project = "killed";
    private static readonly int Cycles = LongForm.Of(@short: 16, @long: 200);
    private static readonly int Mebibytes = LongForm.Of(@short: 200, @long: 1024);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(2);

    // Small enough that seals and checkpoints happen many times within the life of a server, and so under the kill.
    private static readonly string[] Busy = ["--Storage:UnsealedPoints=20000", "--Storage:SealAfterSeconds=0.3", "--Storage:CheckpointPages=64"];

    [Fact]
    public async Task Kill_AgainAndAgainUnderLoad_KeepsEveryAcknowledgedPointExactlyOnce()
    {
        using var folder = new TempFolder();
        var random = new Random(20261120);
        // What is stored already must not slow a start down.
        var size = await LargeFolder.CreateAsync(folder.Data, Mebibytes);
        // Two jobs share a run, as workers of one training do.
        var writers = Enumerable.Range(0, 4).Select(i =>
        {
            var run = i < 2 ? "shared" : $"alone-{i}";
            return new Writer(new BatchSource(i, Project, run, $"job-{i}").Next, run);
        }).ToArray();
        var ready = new List<(TimeSpan After, TimeSpan Cpu)>();
        var startsKilled = 0;
        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            if (cycle % 5 == 1)
            {
                await KillWhileStartingAsync(folder.Data, random);
                startsKilled++;
            }
            await using var server = await ServerProcess.StartAsync(folder.Data, Busy);
            ready.Add((server.ReadyAfter, server.ReadyCpu));
            if (cycle % VerifyEvery == 0)
                await VerifyAsync(server, writers, cycle);
            await KillUnderLoadAsync(server, writers, random);
        }
        await using var last = await ServerProcess.StartAsync(folder.Data, Busy);
        await VerifyAsync(last, writers, Cycles);
        Report(writers, ready, startsKilled, size);
        // On a machine that does much else a start waits for its turn: there the processor time that it took is what can be asked for.
        Assert.All(ready, start => Assert.True(Min(start.After, start.Cpu) <= ReadyWithin, $"Ready after {start.After.TotalSeconds:0.00} s and {start.Cpu.TotalSeconds:0.00} s of processor time."));
        // Without these the kills came where nothing was at stake.
        Assert.True(writers.Sum(writer => writer.Lost) >= Cycles, "Most kills found no batch on its way.");
        Assert.True(writers.Sum(writer => writer.Acknowledged.Points) > 1000 * Cycles, "Too little was stored for seals to matter.");
    }

    // First as the kill left it, where a batch without an answer may be there or not; then with every batch acknowledged.
    private static async Task VerifyAsync(ServerProcess server, Writer[] writers, int cycle)
    {
        await LedgerCheck.AssertAsync(server.Http, Project, writers, $"As found after {cycle} cycles,");
        foreach (var writer in writers)
            await writer.SettleAsync(server.Http, server.Address);
        await LedgerCheck.AssertAsync(server.Http, Project, writers, $"Settled after {cycle} cycles,");
    }

    private static async Task KillUnderLoadAsync(ServerProcess server, Writer[] writers, Random random)
    {
        var left = random.Next(1, 250);
        var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Task.WhenAll(writers.Select(writer => writer.RunAsync(server.Http, server.Address, () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                moment.SetResult();
        })));
        // The writers end by themselves only where the server refuses them, which no fault of this test explains.
        if (await Task.WhenAny(moment.Task, load) == load)
            Assert.Fail($"The load ended before the kill: {string.Join(", ", (await load).Select(answer => answer?.Text))}\n{server.Log}");
        // The moment itself: anywhere within the work on the batches that follow.
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 30));
        await server.KillAsync();
        await load;
    }

    private static async Task KillWhileStartingAsync(string data, Random random)
    {
        await using var server = ServerProcess.Launch(data, Busy);
        // From before its first instruction to after it listens.
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 2000)));
        await server.KillAsync();
    }

    private void Report(Writer[] writers, List<(TimeSpan After, TimeSpan Cpu)> ready, int startsKilled, long size)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Cycles} kills under load and {startsKilled} while starting; {writers.Sum(writer => writer.Batches)} batches, {writers.Sum(writer => writer.Acknowledged.Points)} points and {writers.Sum(writer => writer.Acknowledged.Records)} records acknowledged; {writers.Sum(writer => writer.Lost)} tries without an answer, {writers.Sum(writer => writer.Replayed)} of them stored; lost 0, doubled 0, never sent 0."));
        output.WriteLine($"Ready with {size >> 20} MiB after {Text(ready.Select(start => start.After))}; processor time {Text(ready.Select(start => start.Cpu))}.");
    }

    private static string Text(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2]:0} ms, p95 {sorted[sorted.Length * 19 / 20]:0} ms, max {sorted[^1]:0} ms");
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
