using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class FeatureJobTests(ModelsFixture models)
{
    // Float32, in micro-batches of another size than the hook saw.
    private const double Rounding = 2e-5;

    private static ProjectionSpec Features(Workshop shop, string? module, ArtifactReference? checkpoint = null) => new()
    {
        Method = "pca",
        Features = new FeaturesReference { Model = shop.Put("pixels.pt"), Batch = shop.Put("pixels_batch.safetensors"), Module = module, Checkpoint = checkpoint },
    };

    [Theory]
    [InlineData("norm", "features/pixels.pt/norm", 6 * 64)]
    [InlineData(null, "features/pixels.pt/output", 4)]
    public async Task Features_AreProjectedAndStored(string? module, string name, int columns)
    {
        await using var shop = new Workshop(models);

        var end = await shop.EndOf(shop.Post(Features(shop, module), null));

        Assert.True(end.Error is null, end.Error);
        var view = end.Result!.Value.Deserialize(ContractsJson.Default.ProjectionView)!;
        Assert.Equal((70, columns, 70), (view.Rows, view.Columns, view.Coordinates.Count));
        Assert.Equal((StandInServer.Run, name + ".safetensors", "vectors"), (view.Vectors!.RunId, view.Vectors.Name, view.Vectors.Tensor));
        Assert.NotNull(view.Vectors.Id);
        Assert.Contains("libtorch", view.Engine, StringComparison.Ordinal);

        var stored = Path.Combine(shop.Folder, "stored.safetensors");
        await File.WriteAllBytesAsync(stored, shop.Server.Content(name + ".safetensors"));
        using var file = SafetensorsFile.Open(stored);
        Assert.Equal([70L, columns], file.Tensors["vectors"].Shape);
        Assert.Equal(name + ".json", file.Metadata["lossboard.metadata"]);
        var values = new double[70 * columns];
        file.Read("vectors").CopyTo(values);
        var known = models.References.GetProperty("activations").GetProperty("pixels").GetProperty(module ?? "own").Deserialize<double[][]>()!;
        for (var at = 0; at < values.Length; at++) Assert.Equal(known[at / columns][at % columns], values[at], Rounding);

        var metadata = JsonDocument.Parse(shop.Server.Content(name + ".json")).RootElement;
        Assert.Equal(Enumerable.Repeat(0, 70), metadata.GetProperty("target").Deserialize<int[]>()!);
    }

    [Fact]
    public async Task Features_OfACheckpoint_AreThoseOfItsWeights()
    {
        await using var shop = new Workshop(models);

        var own = await shop.EndOf(shop.Post(Features(shop, "head"), null));
        var other = await shop.EndOf(shop.Post(Features(shop, "head", shop.Put("cnn_other.safetensors")), null));

        Assert.True(other.Error is null, other.Error);
        Assert.NotEqual(own.Result!.Value.GetProperty("coordinates").GetRawText(), other.Result!.Value.GetProperty("coordinates").GetRawText());
    }

    [Fact]
    public async Task Module_ThatIsNotThere_IsNamedWithThoseThatAre()
    {
        await using var shop = new Workshop(models);

        var (code, error) = await shop.FailureOf(shop.Post(Features(shop, "penultimate"), null));

        Assert.Equal("bad_input", code);
        Assert.StartsWith("features.module: ", error, StringComparison.Ordinal);
        Assert.Contains("conv, norm, head", error, StringComparison.Ordinal);
    }
}
