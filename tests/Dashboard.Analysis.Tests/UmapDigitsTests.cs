namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class UmapDigitsTests(DigitsFixture digits)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Embed_Digits_KeepsNeighbourhoods(int seed)
    {
        var compute = new ComputeOptions { Threads = 2 };
        var neighbors = NearestNeighbors.Find(digits.Vectors, Umap.NeighborsFor(15), new NeighborOptions(), compute);

        var result = Umap.Embed(neighbors, new UmapOptions { Seed = (ulong)seed }, compute);

        var quality = ProjectionQuality.Measure(digits.Vectors, result.Coordinates, new QualityOptions(), compute);
        Assert.Equal((UmapStart.Spectral, 1, 500), (result.Start, result.Components, result.Epochs));
        Assert.True(quality.Trustworthiness >= 0.986, $"{quality}");
        Assert.True(quality.Preservation >= 0.475, $"{quality}");
    }
}
