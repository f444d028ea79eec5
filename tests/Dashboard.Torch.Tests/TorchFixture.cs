using System.Text.Json;

namespace Dashboard.Torch.Tests;

/// <summary>libtorch, and a folder of modules, batches and float64 references that Python's torch made. Where either is missing every test fails with what to install.</summary>
public sealed class TorchFixture : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("lossboard-torch-").FullName;

    internal ITorchRuntime Runtime { get; private set; } = null!;

    public JsonElement References { get; private set; }

    public async Task InitializeAsync()
    {
        Runtime = TorchRuntime.Load();
        await PythonScript.RunAsync("make_models.py", Folder);
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
}

[CollectionDefinition(Name)]
public sealed class TorchGroup : ICollectionFixture<TorchFixture>
{
    public const string Name = "torch";
}
