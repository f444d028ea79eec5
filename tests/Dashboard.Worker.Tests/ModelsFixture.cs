using System.Text.Json;
using Dashboard.Torch;
using Dashboard.Torch.Tests;

namespace Dashboard.Worker.Tests;

/// <summary>A folder of modules, batches and float64 references that Python's torch made, and a secret beside it.</summary>
public sealed class ModelsFixture : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("lossboard-worker-models-").FullName;

    /// <summary>A file that no module may read; eight letters A, whose bytes add up to 520.</summary>
    public string Secret => Path.Combine(Folder, "secret");

    public JsonElement References { get; private set; }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Secret, "AAAAAAAA");
        await PythonScript.RunAsync("make_models.py", Folder);
        await PythonScript.RunAsync("make_hostile.py", Folder, Secret);
        References = JsonDocument.Parse(await File.ReadAllBytesAsync(PathOf("references.json"))).RootElement;
        TorchRuntime.FindBridge();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);
}

[CollectionDefinition(Name)]
public sealed class ModelsGroup : ICollectionFixture<ModelsFixture>
{
    public const string Name = "models";
}
