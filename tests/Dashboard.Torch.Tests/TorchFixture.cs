using System.Diagnostics;
using System.Text.Json;

namespace Dashboard.Torch.Tests;

/// <summary>libtorch, and a folder of modules, batches and float64 references that Python's torch made. Where either is missing every test fails with what to install.</summary>
public sealed class TorchFixture : IAsyncLifetime
{
    // Takes three seconds on an idle machine; the limit is for a busy one.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Folder { get; } = Directory.CreateTempSubdirectory("lossboard-torch-").FullName;

    internal ITorchRuntime Runtime { get; private set; } = null!;

    public JsonElement References { get; private set; }

    public async Task InitializeAsync()
    {
        Runtime = TorchRuntime.Load();
        await MakeModels();
        References = JsonDocument.Parse(await File.ReadAllBytesAsync(PathOf("references.json"))).RootElement;
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    internal ITorchModel Model(string name) => Runtime.LoadModel(PathOf($"{name}.pt"));

    internal ITorchBatch Batch(string name) => Runtime.LoadBatch(PathOf($"{name}.safetensors"));

    private async Task MakeModels()
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "make_models.py"), Folder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
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
            throw new InvalidOperationException($"make_models.py took longer than {Limit}.");
        }
        await output;
        if (python.ExitCode != 0) throw new InvalidOperationException($"make_models.py failed (it needs python3-torch and python3-numpy): {await errors}");
    }
}

[CollectionDefinition(Name)]
public sealed class TorchGroup : ICollectionFixture<TorchFixture>
{
    public const string Name = "torch";
}
