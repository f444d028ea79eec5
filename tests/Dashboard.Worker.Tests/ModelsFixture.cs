using System.Diagnostics;
using System.Text.Json;
using Dashboard.Torch;

namespace Dashboard.Worker.Tests;

/// <summary>A folder of modules, batches and float64 references that Python's torch made, and a secret beside it.</summary>
public sealed class ModelsFixture : IAsyncLifetime
{
    // Takes some seconds on an idle machine; the limit is for a busy one.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Folder { get; } = Directory.CreateTempSubdirectory("lossboard-worker-models-").FullName;

    /// <summary>A file that no module may read; eight letters A, whose bytes add up to 520.</summary>
    public string Secret => Path.Combine(Folder, "secret");

    public JsonElement References { get; private set; }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Secret, "AAAAAAAA");
        await Python("make_models.py", Folder);
        await Python("make_hostile.py", Folder, Secret);
        References = JsonDocument.Parse(await File.ReadAllBytesAsync(PathOf("references.json"))).RootElement;
        TorchRuntime.FindBridge();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    private static async Task Python(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, script), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var python = Process.Start(start) ?? throw new InvalidOperationException("/usr/bin/python3 cannot be started: apt-get install python3-torch.");
        using var limit = new CancellationTokenSource(Limit);
        var output = python.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = python.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await python.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            python.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{script} took longer than {Limit}.");
        }
        await output;
        if (python.ExitCode != 0) throw new InvalidOperationException($"{script} failed (it needs python3-torch and python3-numpy): {await errors}");
    }
}

[CollectionDefinition(Name)]
public sealed class ModelsGroup : ICollectionFixture<ModelsFixture>
{
    public const string Name = "models";
}
