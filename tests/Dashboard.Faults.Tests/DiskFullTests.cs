using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>The file system of the data folder has no byte left.</summary>
[Trait("Category", "Slow")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Mebibytes = 48;
    private const string Project = "full";
    private static readonly TimeSpan Resumes = TimeSpan.FromSeconds(5);

    // Seals and checkpoints are tried while the disk is full, too.
    private static readonly string[] Busy = ["--Storage:UnsealedPoints=5000", "--Storage:SealAfterSeconds=0.3", "--Storage:CheckpointPages=64"];

    [Fact]
    public async Task Disk_FullUnderLoad_RefusesWritesKeepsReadsAndResumes()
    {
        using var disk = new Tmpfs(Mebibytes);
        var writer = new Writer(new BatchSource(7, Project, "r", "job").Next, "r");
        await using (var server = await ServerProcess.StartAsync(disk.Data, Busy))
        {
            await writer.SendAsync(server.Http, server.Address, 100);
            var runId = (await RunReader.RunsAsync(server.Http, Project))["r"];
            var kept = Noise(1, 1 << 20);
            Assert.Equal(201, (await PutAsync(server, runId, "kept", kept)).Status);

            disk.Fill();
            await AssertFullAsync(server, writer, disk, runId, kept);
            disk.Free();
            await AssertResumesAsync(server, writer, runId);
        }
        // Nothing of it depends on what the process remembers.
        await using var next = await ServerProcess.StartAsync(disk.Data, Busy);
        await LedgerCheck.AssertAsync(next.Http, Project, [writer]);
    }

    [Fact]
    public async Task Result_OfAJobWhileTheDiskIsFull_IsRefusedAndTakenWhenSpaceReturns()
    {
        // The result is larger than what SQLite keeps of a transaction in memory: the disk is found full before the commit.
        using var disk = new Tmpfs(3 * Mebibytes);
        await using var server = await ServerProcess.StartAsync(disk.Data, Busy);
        var (job, token) = await LeaseAsync(server);
        var result = $$$"""{"token":{{{token}}},"result":{"text":"{{{Convert.ToBase64String(Noise(3, 20 << 20))}}}"}}""";
        disk.Fill();

        var refused = await PostAsync(server, $"/api/v1/jobs/{job}/finish", result);
        refused.AssertProblem(507, "storage_full", retryable: true);
        Assert.True(refused.HasRetryAfter);
        Assert.Equal("running", (await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}")).Json.GetProperty("status").GetString());

        disk.Free();
        var began = Stopwatch.GetTimestamp();
        await server.WaitForAsync(async () => (await PostAsync(server, $"/api/v1/jobs/{job}/finish", result)).Status == 204, "the result to be taken");
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A job's result was taken {took.TotalMilliseconds:0} ms after space returned."));
        Assert.True(took < Resumes, $"{took.TotalSeconds:0.0} s after space returned.");
        Assert.Equal(200, (await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}/result")).Status);
    }

    [Fact]
    public async Task Start_OnAFullDiskAfterAKill_ReadsAndResumes()
    {
        using var disk = new Tmpfs(Mebibytes);
        var writer = new Writer(new BatchSource(8, Project, "r", "job").Next, "r");
        await using (var server = await ServerProcess.StartAsync(disk.Data, Busy))
        {
            await writer.SendAsync(server.Http, server.Address, 100);
            disk.Fill();
            await FillUpAsync(server, writer);
            await server.KillAsync();
        }
        disk.Fill();

        await using var next = ServerProcess.Launch(disk.Data, Busy);
        await next.WaitUntilListeningAsync();
        await LedgerCheck.AssertAsync(next.Http, Project, [writer]);
        disk.Free();
        await writer.SettleAfterFullAsync(next);
        await writer.SendAsync(next.Http, next.Address, 20);
        await LedgerCheck.AssertAsync(next.Http, Project, [writer]);
    }

    private async Task AssertFullAsync(ServerProcess server, Writer writer, Tmpfs disk, string runId, byte[] kept)
    {
        var before = writer.Batches;
        var refusal = await FillUpAsync(server, writer);
        output.WriteLine($"{writer.Batches - before} batches still fitted in space that the store held.");
        refusal.AssertProblem(507, "storage_full", retryable: true);
        Assert.True(refusal.HasRetryAfter);
        (await RunReader.GetAsync(server.Http, "/health/ready")).AssertProblem(503, "not_ready", retryable: true);
        Assert.Equal(200, (await RunReader.GetAsync(server.Http, "/health/live")).Status);

        var files = Directory.GetFiles(Path.Combine(disk.Data, "artifacts"), "*", SearchOption.AllDirectories);
        (await PutAsync(server, runId, "refused", Noise(2, 8 << 20))).AssertProblem(507, "storage_full", retryable: true);
        Assert.Equal(files, Directory.GetFiles(Path.Combine(disk.Data, "artifacts"), "*", SearchOption.AllDirectories));

        await LedgerCheck.AssertAsync(server.Http, Project, [writer], "While the disk is full,");
        Assert.Equal(kept, await server.Http.GetByteArrayAsync(new Uri($"/api/v1/runs/{runId}/artifacts/kept", UriKind.Relative)));
        Assert.Equal(503, await server.ReadyStatusAsync());
    }

    private async Task AssertResumesAsync(ServerProcess server, Writer writer, string runId)
    {
        // Nobody writes: the store finds out by itself.
        var ready = await server.WaitForAsync(async () => await server.ReadyStatusAsync() == 200, "the server to be ready again");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ready {ready.TotalMilliseconds:0} ms after space returned."));
        Assert.True(ready < Resumes, $"Ready {ready.TotalSeconds:0.0} s after space returned.");
        await writer.SettleAsync(server.Http, server.Address);
        await writer.SendAsync(server.Http, server.Address, 100);
        Assert.Equal(201, (await PutAsync(server, runId, "refused", Noise(2, 1 << 20))).Status);
        await LedgerCheck.AssertAsync(server.Http, Project, [writer], "After space returned,");
        // Seals that failed on the full disk are made up for.
        await server.WaitForAsync(async () => await server.MetricAsync("lossboard_storage_unsealed_points") == 0, "everything to be sealed");
        await LedgerCheck.AssertAsync(server.Http, Project, [writer], "After sealing,");
    }

    // The store has pages of its own left when the disk is full: it may go on for a while.
    private static async Task<Answer> FillUpAsync(ServerProcess server, Writer writer)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await writer.RunAsync(server.Http, server.Address, () => { }, limit.Token)
            ?? throw new InvalidOperationException($"The disk never was full, or the server went away.\n{server.Log}");
    }

    // A worker, played: it has a job under way.
    private static async Task<(string Job, string Token)> LeaseAsync(ServerProcess server)
    {
        var run = await PostAsync(server, "/api/v1/events", """{"project":"full","run":"r","events":[{"type":"embedding","tag":"e","step":1,"vectors":[[1,2],[3,4],[5,6]]}]}""");
        var spec = $$$"""{"embedding":{"run_id":"{{{run.Json.GetProperty("run_id").GetString()}}}","tag":"e"},"method":"pca","dims":2}""";
        var posted = await PostAsync(server, "/api/v1/jobs", $$"""{"project":"full","kind":"projection","spec":{{spec}}}""");
        Assert.True(posted.Status == 202, posted.Text);
        var lease = await PostAsync(server, "/api/v1/workers/lease", """{"worker_id":"played","name":"played","lane":"cpu","kinds":["projection"],"wait_seconds":0}""");
        Assert.True(lease.Status == 200, lease.Text);
        return (posted.Json.GetProperty("id").GetString()!, lease.Json.GetProperty("token").GetRawText());
    }

    private static async Task<Answer> PostAsync(ServerProcess server, string path, string json)
    {
        using var body = new StringContent(json, null, "application/json");
        return await Answer.OfAsync(await server.Http.PostAsync(new Uri(path, UriKind.Relative), body));
    }

    private static async Task<Answer> PutAsync(ServerProcess server, string runId, string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        var answer = await Answer.OfAsync(await server.Http.PutAsync(new Uri($"/api/v1/runs/{runId}/artifacts/{name}", UriKind.Relative), body));
        if (answer.Status == 201)
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), answer.Json.GetProperty("sha256").GetString());
        return answer;
    }

    private static byte[] Noise(int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
