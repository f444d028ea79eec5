using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>What computes is killed or hangs, for real: server, workers and engines are processes of their own.</summary>
[Trait("Category", "Slow")]
public sealed class WorkerDeathTests(ITestOutputHelper output)
{
    private const string Project = "deaths";
    private const int Rows = 800;
    private const int Columns = 8;
    private static readonly string[] ShortLeases = ["--Worker:LeaseSeconds=2"];

    [Fact]
    public async Task Job_WhoseWorkerIsKilledThenAnotherHangs_HasOneResult()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data, ShortLeases);
        await using var first = WorkerProcess.Start(server.Address, "first", Path.Combine(folder.Path, "first"));
        var job = await PostAsync(server, iterations: 3000);
        await UntilAsync(server, job, view => IsUnderWay(view, "first"), "the first worker to be under way");
        await first.KillAsync();

        await using var second = WorkerProcess.Start(server.Address, "second", Path.Combine(folder.Path, "second"));
        await UntilAsync(server, job, view => IsUnderWay(view, "second"), "the second worker to be under way");
        second.Hang();
        await using var third = WorkerProcess.Start(server.Address, "third", Path.Combine(folder.Path, "third"));
        var done = await UntilAsync(server, job, view => view.GetProperty("status").GetString() == "succeeded", "a result");
        var result = await ResultAsync(server, job);
        // The second goes on with what it did when it fell asleep; what it sends counts no more, and it takes the next job when the third is gone.
        await third.KillAsync();
        second.WakeUp();
        var next = await PostAsync(server, iterations: 250);
        await UntilAsync(server, next, view => view.GetProperty("status").GetString() == "succeeded", "the second worker to take the next job");

        Assert.Equal(("third", 2), (done.GetProperty("worker").GetString(), done.GetProperty("deaths").GetInt32()));
        Assert.Equal(result, await ResultAsync(server, job));
        var after = await JobAsync(server, job);
        Assert.Equal(("succeeded", 2), (after.GetProperty("status").GetString(), after.GetProperty("deaths").GetInt32()));
        Assert.Equal("second", (await JobAsync(server, next)).GetProperty("worker").GetString());
        output.WriteLine("One worker killed, one hung, the third gave the one result; the second woke up, was refused and took the next job.");
    }

    [Fact]
    public async Task Job_ThatAlwaysKillsItsEngine_IsSetAsideAfterThreeWithTheReason()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        await using var worker = WorkerProcess.Start(server.Address, "worker", Path.Combine(folder.Path, "worker"));
        var job = await PostAsync(server, iterations: 10_000);

        var set = await UntilAsync(
            server, job,
            view =>
            {
                if (IsUnderWay(view, "worker"))
                    worker.CrashEngines();
                return view.GetProperty("status").GetString() is "failed" or "succeeded";
            },
            "the job to be set aside");

        Assert.True(("failed", 3) == (set.GetProperty("status").GetString(), set.GetProperty("deaths").GetInt32()), set.ToString());
        output.WriteLine($"Set aside after {set.GetProperty("deaths")} deaths: {set.GetProperty("error").GetString()}");
        Assert.Contains("engine", set.GetProperty("error").GetString(), StringComparison.OrdinalIgnoreCase);
        // The worker itself is well, and the job that came after is not held up.
        var next = await PostAsync(server, iterations: 250);
        await UntilAsync(server, next, view => view.GetProperty("status").GetString() == "succeeded", "the next job");
    }

    // Frames come from the engine itself: it computes by then.
    private static bool IsUnderWay(JsonElement job, string worker) =>
        job.GetProperty("status").GetString() == "running" && job.GetProperty("worker").GetString() == worker && job.GetProperty("progress").GetDouble() > 0;

    private static async Task<JsonElement> UntilAsync(ServerProcess server, string job, Func<JsonElement, bool> condition, string what)
    {
        JsonElement view = default;
        await server.WaitForAsync(async () => condition(view = await JobAsync(server, job)), $"{what}, last {view}", TimeSpan.FromMinutes(3));
        return view;
    }

    private static async Task<JsonElement> JobAsync(ServerProcess server, string job) => Ok(await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}"));

    private static async Task<string> ResultAsync(ServerProcess server, string job)
    {
        var answer = await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}/result");
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Text;
    }

    private static async Task<string> PostAsync(ServerProcess server, int iterations)
    {
        var random = new Random(3);
        var vectors = Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Columns).Select(_ => random.NextDouble()).ToArray()).ToArray();
        var events = new { project = Project, run = "r", events = new[] { new { type = "embedding", tag = "e", step = 1, vectors } } };
        var run = Ok(await Answer.OfAsync(await server.Http.PostAsJsonAsync(new Uri("/api/v1/events", UriKind.Relative), events))).GetProperty("run_id").GetString();
        var spec = new { embedding = new { run_id = run, tag = "e" }, method = "tsne", dims = 2, iterations };
        var answer = await Answer.OfAsync(await server.Http.PostAsJsonAsync(new Uri("/api/v1/jobs", UriKind.Relative), new { project = Project, kind = "projection", spec }));
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json.GetProperty("id").GetString()!;
    }

    private static JsonElement Ok(Answer answer) => answer.Status == 200 ? answer.Json : throw new InvalidOperationException($"{answer.Status}: {answer.Text}");
}
