using System.Globalization;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Many people look at the same run.</summary>
[Trait("Category", "Slow")]
public sealed class LiveCrowdTests(ITestOutputHelper output)
{
    private const int Series = 20;
    private const string Project = "crowd";
    private const double MostDelay = 250;
    private const long MostMemory = 64L << 20;
    private static readonly int Clients = LongForm.Of(@short: 50, @long: 500);
    private static readonly int Steps = LongForm.Of(@short: 12, @long: 60);
    // A client of ours sends once a second; the short form has no time for that.
    private static readonly TimeSpan Every = LongForm.Of(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Subscribers_ManyOfTwentySeries_HearOfEachCommitAtOnce()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        string[] tags = [.. Enumerable.Range(0, Series).Select(tag => $"metric/{tag}")];
        // The first of everything is compiled, and the first subscriber's and request's memory is no part of the question.
        await using var crowd = new LiveCrowd(Steps + 2);
        await crowd.JoinAsync(server.Address, 2, Project, tags);
        await SendAsync(server, crowd, tags, 0);
        await SendAsync(server, crowd, tags, 1);
        await server.WaitForAsync(() => Task.FromResult(crowd.Frames >= 2 * Series), "the first frames");
        await FullCollection.InAsync(server.Id, CancellationToken.None);
        var before = server.Memory("VmRSS");

        await crowd.JoinAsync(server.Address, Clients - 2, Project, tags);
        await server.WaitForAsync(async () => await server.MetricAsync("lossboard_live_subscriptions") == Clients, "all to have subscribed");
        var others = new OthersCpu(server);
        using var timer = new PeriodicTimer(Every);
        for (var step = 2; step < Steps + 2; step++)
        {
            await SendAsync(server, crowd, tags, step);
            await timer.WaitForNextTickAsync();
        }
        var expected = 2 * 2 * Series + Clients * Series * Steps;
        await server.WaitForAsync(() => Task.FromResult(crowd.Frames >= expected), "every frame to come");
        var share = others.Share;
        await FullCollection.InAsync(server.Id, CancellationToken.None);
        var more = server.Memory("VmRSS") - before;

        Assert.Equal(expected, crowd.Frames);
        var delays = crowd.Delays;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Clients} subscribers of {Series} series, {Steps} commits: {delays.Length} points; from before the request to the message p50 {At(delays, 0.5):0} ms, p95 {At(delays, 0.95):0} ms, p99 {At(delays, 0.99):0} ms, max {delays[^1]:0} ms; {more / (double)(1 << 20):0.0} MiB more memory; the server took {others.Server:0.0} s of processor time, others {share:0%} of the machine."));
        // Beside much else the slowest waited for their turn: there the median is what can be asked for.
        var asked = At(delays, OthersCpu.IsQuiet(share) ? 0.95 : 0.5);
        Assert.True(asked <= MostDelay, $"{asked:0} ms.");
        Assert.True(more <= MostMemory, $"{more >> 20} MiB more.");
    }

    private static async Task SendAsync(ServerProcess server, LiveCrowd crowd, string[] tags, int step)
    {
        var batch = new Batch(Project, "r", $"step-{step}");
        foreach (var tag in tags)
            batch.Scalars.Add((tag, [new Point(step, 1_790_000_000 + step, Math.Sin(step))]));
        using var request = batch.ToRequest(server.Address);
        crowd.Sending(step);
        var answer = await Answer.OfAsync(await server.Http.SendAsync(request));
        Assert.True(answer.Status == 200, answer.Text);
    }

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
