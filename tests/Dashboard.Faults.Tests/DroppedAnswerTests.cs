using System.Diagnostics;
using Dashboard.Client;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Three of ten answers get lost on their way: what was stored must be stored once, however often it is sent.</summary>
[Trait("Category", "Slow")]
public sealed class DroppedAnswerTests(ITestOutputHelper output)
{
    private const double Share = 0.3;
    private const string Project = "dropped";
    private const int Steps = 20_000;

    [Fact]
    public async Task Writers_ThirtyPercentOfAnswersLost_StoreEverythingOnce()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        await using var proxy = new DroppingProxy(() => server.Address, Share, 1);
        using var http = new HttpClient();
        var writers = Enumerable.Range(0, 4).Select(i => new Writer(new BatchSource(200 + i, Project, "r", $"job-{i}").Next, "r")).ToArray();

        await Task.WhenAll(writers.Select(writer => writer.SendAsync(http, proxy.Address, 200)));

        await LedgerCheck.AssertAsync(server.Http, Project, writers);
        var replayed = writers.Sum(writer => writer.Replayed);
        output.WriteLine($"{proxy.Answers} answers, {proxy.Dropped} lost; {replayed} batches found stored by their second try.");
        Assert.InRange(proxy.Dropped, proxy.Answers / 5, proxy.Answers / 2);
        Assert.True(replayed > 0);
    }

    [Fact]
    public async Task DotnetClient_AnswersLostAndTheServerKilled_StoresEverythingOnce()
    {
        using var folder = new TempFolder();
        var server = await ServerProcess.StartAsync(folder.Data);
        var current = server;
        var restart = Task.CompletedTask;
        try
        {
            await using var proxy = new DroppingProxy(() => current.Address, Share, 2);
            await using var run = LossboardRun.Start(Options(proxy.Address, Path.Combine(folder.Path, "spool")));
            for (var step = 0; step < Steps; step++)
            {
                run.Log("train/loss", 1.0 / (step + 1), step);
                run.Log("train/lr", Math.Sin(step), step);
                if (step % 1000 == 0)
                    run.LogText("notes", $"step {step}", step);
                if (step == Steps / 2)
                {
                    // The job goes on while the server is away.
                    await server.KillAsync();
                    restart = RestartAsync();
                }
                // The queue is bounded on purpose; a job gives it time between its steps.
                if (step % 500 == 0)
                    await run.FlushAsync();
            }
            await restart;
            Assert.True(await run.FinishAsync());

            await AssertStoredAsync(current, "dotnet");
            output.WriteLine($"{proxy.Answers} answers, {proxy.Dropped} lost.");
            Assert.True(proxy.Dropped > 0);
        }
        finally
        {
            await restart;
            await server.DisposeAsync();
            await current.DisposeAsync();
        }

        async Task RestartAsync() => current = await ServerProcess.StartAsync(folder.Data);
    }

    [Fact]
    public async Task PythonClient_AnswersLost_StoresEverythingOnce()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        await using var proxy = new DroppingProxy(() => server.Address, Share, 3);
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", PythonJob]) { RedirectStandardError = true, WorkingDirectory = folder.Path };
        start.Environment["PYTHONPATH"] = BuiltFiles.PythonClient;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["LOSSBOARD_URL"] = proxy.Address.ToString();
        start.Environment["LOSSBOARD_TEST_SPOOL"] = Path.Combine(folder.Path, "spool");

        using var job = Process.Start(start)!;
        var errors = await job.StandardError.ReadToEndAsync();
        await job.WaitForExitAsync();

        Assert.True(job.ExitCode == 0, errors);
        await AssertStoredAsync(server, "python");
        output.WriteLine($"{proxy.Answers} answers, {proxy.Dropped} lost.");
        Assert.True(proxy.Dropped > 0);
    }

    private const string PythonJob = """
        import math, os
        import lossboard
        from lossboard._tuning import Tuning
        tuning = Tuning()
        tuning.backoff_first = 0.01
        tuning.give_up_failures = 1000
        tuning.batch_points = 500
        tuning.close_seconds = 60
        run = lossboard.Run("dropped", "python", environment=False, spool=os.environ["LOSSBOARD_TEST_SPOOL"], tuning=tuning)
        for step in range(20000):
            run.log({"train/loss": 1.0 / (step + 1), "train/lr": math.sin(step)}, step)
            if step % 1000 == 0:
                run.log_text("notes", f"step {step}", step)
        run.finish()
        """;

    private static LossboardOptions Options(Uri server, string spool) => new()
    {
        Server = server,
        Project = Project,
        Run = "dotnet",
        SystemMetrics = false,
        SpoolFolder = spool,
        BatchPoints = 500,
        FlushInterval = TimeSpan.FromMilliseconds(20),
        FirstBackoff = TimeSpan.FromMilliseconds(5),
        LongestBackoff = TimeSpan.FromMilliseconds(50),
        FinishTimeout = TimeSpan.FromSeconds(60),
        // It reports every failure, which is all that happens here.
        Notices = _ => { },
    };

    private static async Task AssertStoredAsync(ServerProcess server, string run)
    {
        var stored = await RunReader.ReadAsync(server.Http, (await RunReader.RunsAsync(server.Http, Project))[run]);
        var steps = Enumerable.Range(0, Steps).Select(step => (long)step).ToList();
        Assert.Equal(["train/loss", "train/lr"], stored.Scalars.Keys.Order());
        Assert.Equal(steps, stored.Scalars["train/loss"].Select(point => point.Step));
        Assert.Equal(steps.Select(step => 1.0 / (step + 1)), stored.Scalars["train/loss"].Select(point => point.Value));
        Assert.Equal(steps, stored.Scalars["train/lr"].Select(point => point.Step));
        // Two languages need not round a sine alike in its last place.
        Assert.All(stored.Scalars["train/lr"], point => Assert.Equal(Math.Sin(point.Step), point.Value, 1e-12));
        Assert.Equal(Enumerable.Range(0, Steps / 1000).Select(i => $"step {i * 1000}"), stored.Notes["notes"].Select(note => note.Text));
    }
}
