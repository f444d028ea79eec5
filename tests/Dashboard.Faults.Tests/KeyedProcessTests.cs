using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dashboard.Client;

namespace Dashboard.Faults.Tests;

/// <summary>Clients and workers with keys, against a real server with accounts.</summary>
public sealed class KeyedProcessTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task LocalWorker_OfAServerWithAccounts_ComputesAJobAndHoldsNoOtherSecret()
    {
        var vectors = Enumerable.Range(0, 30).Select(row => new[] { row, row % 7 * 2.0, 1 }).ToArray();
        var run = (await team.SendAsync(HttpMethod.Post, "/api/v1/events", new
        {
            project = "worked",
            run = "r",
            events = new[] { new { type = "embedding", tag = "e", step = 1, vectors } },
        }, 200)).GetProperty("run_id").GetString();
        var job = (await team.SendAsync(HttpMethod.Post, "/api/v1/jobs", new
        {
            project = "worked",
            kind = "projection",
            spec = new { embedding = new { run_id = run, tag = "e", step = 1 }, method = "pca", dims = 2 },
        }, 202)).GetProperty("id").GetString();

        var status = "";
        await team.Server.WaitForAsync(async () =>
        {
            status = (await team.SendAsync(HttpMethod.Get, $"/api/v1/jobs/{job}", null, 200)).GetProperty("status").GetString()!;
            return status is "succeeded" or "failed";
        }, "the job to end");

        Assert.Equal("succeeded", status);
        var worker = Assert.Single(Children(team.Server.Id));
        var environment = await File.ReadAllTextAsync($"/proc/{worker}/environ");
        var key = environment.Split('\0').Single(variable => variable.StartsWith("LOSSBOARD_WORKER_KEY=lb_", StringComparison.Ordinal)).Split('=')[1];
        Assert.DoesNotContain(TeamFixture.OwnerKey, environment, StringComparison.Ordinal);
        // All users of the machine can read these.
        foreach (var process in Children(worker).Append(worker).Append(team.Server.Id))
            Assert.DoesNotContain(key, await File.ReadAllTextAsync($"/proc/{process}/cmdline"), StringComparison.Ordinal);
        // Between its start and its own program a child is still its parent.
        var own = await File.ReadAllTextAsync($"/proc/{worker}/cmdline");
        foreach (var engine in Children(worker).Where(child => CommandLine(child) != own))
            Assert.DoesNotContain(key, await EnvironmentAsync(engine), StringComparison.Ordinal);
        // Its key leases and no more.
        await team.SendAsync(HttpMethod.Get, "/api/v1/keys", null, 403, key);
        await team.SendAsync(HttpMethod.Post, "/api/v1/events", new { project = "worked", run = "r", events = Array.Empty<object>() }, 403, key);
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    [Fact]
    public async Task DotNetClient_WithKeysOfEachKind_WritesOrSaysOnceWhyNot()
    {
        var (_, write) = await team.MakeKeyAsync("write", "dotnet", "writer");
        var (_, read) = await team.MakeKeyAsync("read", "dotnet", "reader");
        var (id, revoked) = await team.MakeKeyAsync("write", "dotnet", "gone");
        await team.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, 204);

        using var folder = new TempFolder();
        Assert.Empty(await LogAsync(folder, write, "good", TimeSpan.FromMinutes(1)));
        Assert.Contains("The key 'reader' has the role 'read' in the project 'dotnet'.", Assert.Single(await LogAsync(folder, read, "read")), StringComparison.Ordinal);
        Assert.Contains("unknown, revoked or expired", Assert.Single(await LogAsync(folder, revoked, "revoked")), StringComparison.Ordinal);
        // What could not be sent is kept, and a valid key sends it.
        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        await using var later = LossboardRun.Start(Options(folder, write, "good", TimeSpan.Zero));
        await team.Server.WaitForAsync(async () =>
            (await team.SendAsync(HttpMethod.Get, "/api/v1/runs?project=dotnet", null, 200)).GetProperty("items").GetArrayLength() == 3, "what was kept to be sent");
    }

    [Fact]
    public async Task PythonClient_WithKeysOfEachKind_WritesOrSaysOnceWhyNot()
    {
        var (_, write) = await team.MakeKeyAsync("write", "python", "writer");
        var (_, read) = await team.MakeKeyAsync("read", "python", "reader");
        using var folder = new TempFolder();

        Assert.Equal("", await PythonAsync(folder, write));
        var said = await PythonAsync(folder, read);
        Assert.Contains("The key 'reader' has the role 'read' in the project 'python'.", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Split("Check the address and the key in LOSSBOARD_API_KEY").Length);
        Assert.DoesNotContain(read, said, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*.req", SearchOption.AllDirectories));
    }

    private async Task<IReadOnlyCollection<string>> LogAsync(TempFolder folder, string key, string name, TimeSpan? patience = null)
    {
        var notices = new ConcurrentQueue<string>();
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = LossboardRun.Start(Options(folder, key, name, patience ?? TimeSpan.Zero) with
        {
            Notices = notice =>
            {
                if (notice.EventId != 4001)
                    return;
                notices.Enqueue(notice.Message);
                said.TrySetResult();
            },
        });
        await using (run)
        {
            run.Log("loss", 0.5, 1);
            // A first refusal is heard before the end; none comes where the key is good.
            if (patience is null)
            {
                await run.FlushAsync();
                await said.Task.WaitAsync(Patience);
            }
        }
        return notices;
    }

    private LossboardOptions Options(TempFolder folder, string key, string name, TimeSpan patience) => new()
    {
        Server = team.Server.Address, ApiKey = key, Project = "dotnet", Run = name, SpoolFolder = Path.Combine(folder.Path, "spool"), SystemMetrics = false, FinishTimeout = patience,
    };

    private async Task<string> PythonAsync(TempFolder folder, string key)
    {
        const string Script = """
            import lossboard
            run = lossboard.Run("python", "r", environment=False, spool=__import__("os").environ["SPOOL"])
            run.log({"loss": 0.5}, 1)
            run.finish(timeout=5)
            """;
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = BuiltFiles.PythonClient;
        start.Environment["LOSSBOARD_URL"] = team.Server.Address.ToString();
        start.Environment["LOSSBOARD_API_KEY"] = key;
        start.Environment["LOSSBOARD_SYSTEM_METRICS"] = "0";
        start.Environment["SPOOL"] = Path.Combine(folder.Path, "spool");
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    private static async Task<string> EnvironmentAsync(int process)
    {
        try
        {
            return await File.ReadAllTextAsync($"/proc/{process}/environ");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Of another user, or gone: nobody reads it at all.
            return "";
        }
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && ParentOf(id) == parent)
                yield return id;
        }
    }

    private static int? ParentOf(int id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            // The name, which may hold anything, ends at the last parenthesis.
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
