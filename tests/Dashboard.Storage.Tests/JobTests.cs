using System.Text;

namespace Dashboard.Storage.Tests;

public sealed class JobTests
{
    private static readonly string[] Kinds = ["landscape"];
    private static readonly string[] Devices = ["cpu", "auto"];

    [Fact]
    public async Task Append_ThenKill_KeepsPartsAndTheLease()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        var appended = await host.Jobs.AppendAsync(job.Id, job.Token, Step(0.5, Part("loss", 0), Part("loss", 1), Part("loss", 0)), 100);
        Assert.Equal((2, 0.5), (appended.Parts, appended.Progress));
        await using var copy = await host.OpenCopyAsync();
        var parts = await copy.Jobs.ReadPartsAsync(job.Id, 0, long.MaxValue, last: false, CancellationToken.None);
        Assert.Equal([(1L, 0), (2L, 1)], parts!.Select(part => (part.Number, part.Index)));
        // Whoever had the lease goes on with it, and what is stored already is passed over.
        var after = await copy.Jobs.AppendAsync(job.Id, job.Token, Step(0.7, Part("loss", 1), Part("loss", 2)), 100);
        Assert.Equal((3, job.Token), (after.Parts, after.Token));
    }

    [Fact]
    public async Task Append_WithAnOlderToken_ChangesNothing()
    {
        await using var host = await HostAsync();
        var first = await LeasedAsync(host);
        await host.Jobs.EndAsync(first.Id, first.Token, new JobOutcome { Died = true, MostDeaths = 3, Error = "gone" });
        var second = await LeaseAsync(host);
        Assert.True(second!.Token > first.Token);
        await Assert.ThrowsAsync<LeaseLostException>(() => host.Jobs.AppendAsync(first.Id, first.Token, Step(0.9, Part("loss", 0)), 100));
        await Assert.ThrowsAsync<LeaseLostException>(() => host.Jobs.EndAsync(first.Id, first.Token, new JobOutcome { Result = [1] }));
        Assert.Equal((0, 0.0, 1), ((await host.Jobs.FindAsync(first.Id, CancellationToken.None)) is { } now ? (now.Parts, now.Progress, now.Deaths) : default));
    }

    [Fact]
    public async Task Lease_GivesTheOldestThatFits()
    {
        await using var host = await HostAsync();
        var gpu = await AddAsync(host, "cuda");
        var older = await AddAsync(host, "auto");
        var newer = await AddAsync(host, "cpu");
        Assert.Equal(older.Id, (await LeaseAsync(host))!.Id);
        Assert.Equal(newer.Id, (await LeaseAsync(host))!.Id);
        Assert.Null(await LeaseAsync(host));
        Assert.Equal(gpu.Id, (await host.Jobs.LeaseAsync(Kinds, ["cuda"], "w"))!.Id);
    }

    [Fact]
    public async Task End_WithAResult_RemovesThePartsAndKeepsTheLog()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        await host.Jobs.AppendAsync(job.Id, job.Token, Step(0.5, Part("loss", 0)) with { Log = [new LogLine(1, "a")] }, 100);
        var ended = await host.Jobs.EndAsync(job.Id, job.Token, new JobOutcome { Result = [1, 2, 3], Backend = "cpu" });
        Assert.Equal((JobStatus.Succeeded, 1.0, 0, "cpu"), (ended.Status, ended.Progress, ended.Parts, ended.Backend));
        Assert.Equal([1, 2, 3], await host.Jobs.ReadResultAsync(job.Id, CancellationToken.None));
        Assert.Empty((await host.Jobs.ReadPartsAsync(job.Id, 0, long.MaxValue, last: false, CancellationToken.None))!);
        Assert.Equal("a", Assert.Single((await host.Jobs.ReadLogAsync(job.Id, CancellationToken.None))!).Message);
    }

    [Fact]
    public async Task Append_MoreLinesThanAreKept_KeepsTheNewest()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        for (var i = 0; i < 5; i++) await host.Jobs.AppendAsync(job.Id, job.Token, Step(null) with { Log = [new LogLine(i, $"{i}a"), new LogLine(i, $"{i}b")] }, 3);
        Assert.Equal(["3b", "4a", "4b"], (await host.Jobs.ReadLogAsync(job.Id, CancellationToken.None))!.Select(line => line.Message));
    }

    [Fact]
    public async Task ReadParts_BeyondTheBytes_GoesOnFromThere()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        await host.Jobs.AppendAsync(job.Id, job.Token, Step(null, [.. Enumerable.Range(0, 5).Select(index => Part("loss", index))]), 100);
        var first = await host.Jobs.ReadPartsAsync(job.Id, 0, 3, last: false, CancellationToken.None);
        Assert.Equal([0, 1], first!.Select(part => part.Index));
        Assert.Equal([2, 3, 4], (await host.Jobs.ReadPartsAsync(job.Id, first![^1].Number, 100, last: false, CancellationToken.None))!.Select(part => part.Index));
    }

    [Fact]
    public async Task Add_WithTheContentOfAnother_HasItsResultAtOnce()
    {
        await using var host = await HostAsync();
        var first = await AddAsync("{}", "c");
        Assert.Equal(first.Id, (await AddAsync("{}", "c")).Id);
        // It waits still, so there is nothing that another spec could be given.
        Assert.Equal(JobStatus.Queued, (await AddAsync("{\"other\":1}", "c")).Status);
        var leased = (await LeaseAsync(host))!;
        await host.Jobs.EndAsync(leased.Id, leased.Token, new JobOutcome { Result = [1, 2, 3], Backend = "cpu" });
        Assert.Equal(first.Id, leased.Id);

        var again = await AddAsync("{\"third\":1}", "c");

        Assert.Equal((JobStatus.Succeeded, 1.0, "cpu"), (again.Status, again.Progress, again.Backend));
        Assert.NotEqual(first.Id, again.Id);
        Assert.Equal([1, 2, 3], await host.Jobs.ReadResultAsync(again.Id, CancellationToken.None));
        Assert.Equal(first.Id, (await AddAsync("{}", "c")).Id);
        Assert.Equal(JobStatus.Queued, (await AddAsync("{}", "d")).Status);
        Assert.Null(await host.Jobs.FindContentAsync("nobody", "c", CancellationToken.None));
        await host.Jobs.RemoveAsync(first.Id);
        Assert.Equal(again.Id, (await host.Jobs.FindContentAsync("p", "c", CancellationToken.None))!.Id);

        async Task<JobInfo> AddAsync(string spec, string content) => (await host.Jobs.AddAsync(new NewJob("p", "landscape", "n", spec, "cpu", content), 10, CancellationToken.None))!;
    }

    [Fact]
    public async Task ReadParts_TheLast_IsTheNewestAfterTheNumber()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        await host.Jobs.AppendAsync(job.Id, job.Token, Step(null, [.. Enumerable.Range(0, 3).Select(index => Part("frame", index))]), 100);
        Assert.Equal(2, Assert.Single((await host.Jobs.ReadPartsAsync(job.Id, 0, 100, last: true, CancellationToken.None))!).Index);
        Assert.Empty((await host.Jobs.ReadPartsAsync(job.Id, 3, 100, last: true, CancellationToken.None))!);
    }

    [Fact]
    public async Task Retry_AfterACancellation_KeepsPartsAndForgetsDeaths()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        await host.Jobs.EndAsync(job.Id, job.Token, new JobOutcome { Died = true, MostDeaths = 3, Error = "gone" });
        job = (await LeaseAsync(host))!;
        await host.Jobs.AppendAsync(job.Id, job.Token, Step(0.5, Part("loss", 0)), 100);
        Assert.Equal(JobStatus.Cancelled, (await host.Jobs.CancelAsync(job.Id))!.Status);
        await Assert.ThrowsAsync<LeaseLostException>(() => host.Jobs.AppendAsync(job.Id, job.Token, Step(0.6), 100));
        var again = (await host.Jobs.RetryAsync(job.Id))!;
        Assert.Equal((JobStatus.Queued, 0, 1), (again.Status, again.Deaths, again.Parts));
        Assert.Null(again.Finished);
    }

    [Fact]
    public async Task Remove_OfARunningJob_LeavesIt()
    {
        await using var host = await HostAsync();
        var job = await LeasedAsync(host);
        Assert.Equal(JobStatus.Running, (await host.Jobs.RemoveAsync(job.Id))!.Status);
        Assert.NotNull(await host.Jobs.FindAsync(job.Id, CancellationToken.None));
        await host.Jobs.CancelAsync(job.Id);
        await host.Jobs.RemoveAsync(job.Id);
        Assert.Null(await host.Jobs.FindAsync(job.Id, CancellationToken.None));
    }

    [Fact]
    public async Task List_PageByPage_HasEveryJobOnceNewestFirst()
    {
        await using var host = await HostAsync();
        var added = new List<string>();
        for (var i = 0; i < 5; i++) added.Add((await AddAsync(host)).Id);
        var listed = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Jobs.ListAsync(new JobQuery("p", Kinds, null, 2, cursor), CancellationToken.None);
            listed.AddRange(page.Jobs.Select(job => job.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Reverse(added), listed);
        Assert.Empty((await host.Jobs.ListAsync(new JobQuery("p", ["hessian"]), CancellationToken.None)).Jobs);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Jobs.ListAsync(new JobQuery("p", Kinds, Cursor: "no such"), CancellationToken.None));
    }

    [Fact]
    public async Task Add_BeyondTheLimit_IsRefused()
    {
        await using var host = await HostAsync();
        await AddAsync(host);
        await Assert.ThrowsAsync<TooManyJobsException>(() => host.Jobs.AddAsync(New("auto"), 1, CancellationToken.None));
        Assert.Null(await host.Jobs.AddAsync(New("auto") with { Project = "nowhere" }, 1, CancellationToken.None));
    }

    private static async Task<StoreHost> HostAsync()
    {
        var host = await StoreHost.OpenAsync();
        await host.Runs.PutAsync("p", "r", new RunChange(), CancellationToken.None);
        return host;
    }

    private static NewJob New(string device) => new("p", "landscape", "n", "{}", device);

    private static async Task<JobInfo> AddAsync(StoreHost host, string device = "auto") => (await host.Jobs.AddAsync(New(device), 100, CancellationToken.None))!;

    private static async Task<JobInfo> LeasedAsync(StoreHost host)
    {
        await AddAsync(host);
        return (await LeaseAsync(host))!;
    }

    private static Task<JobInfo?> LeaseAsync(StoreHost host) => host.Jobs.LeaseAsync(Kinds, Devices, "w");

    private static JobStep Step(double? progress, params StoredPart[] parts) => new(progress, null, null, parts, []);

    private static StoredPart Part(string stage, int index) => new(0, stage, index, Encoding.UTF8.GetBytes("{}"));
}
