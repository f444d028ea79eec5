using System.Runtime.InteropServices;
using Dashboard.Torch.Tests;

namespace Dashboard.Analysis.Tests;

/// <summary>scikit-learn's handwritten digits: 1,797 vectors of 64 numbers from 0 to 16, with the digit of each.</summary>
public sealed class DigitsFixture : IAsyncLifetime
{
    private const int Rows = 1797;
    private const int Columns = 64;

    public VectorTable Vectors { get; private set; } = null!;

    public byte[] Labels { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-digits-").FullName;
        try
        {
            await PythonScript.RunAsync("projection_peers.py", "digits", folder);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "digits.f32"));
            Vectors = new VectorTable(Rows, Columns, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
            Labels = await File.ReadAllBytesAsync(Path.Combine(folder, "digits.labels"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class DigitsGroup : ICollectionFixture<DigitsFixture>
{
    public const string Name = "digits";
}
