namespace Dashboard.Analysis.Tests;

public sealed class NeighborQueryTests
{
    private static readonly ComputeOptions Compute = new();

    [Fact]
    public void Find_Euclidean_IsTheTablesRow()
    {
        var table = Made.Normal(9000, 7, 1);

        var found = NeighborQuery.Find(table, 5000, 12, DistanceMetric.Euclidean, null, Compute);

        var all = NearestNeighbors.Find(table, 12, new NeighborOptions { Method = NeighborMethod.Exact }, Compute);
        Assert.Equal(all.IndicesOf(5000).ToArray(), found.Select(neighbor => neighbor.Row));
        Assert.Equal(all.DistancesOf(5000).ToArray(), found.Select(neighbor => (float)neighbor.Distance));
    }

    [Fact]
    public void Find_Cosine_DoesNotSeeLengths()
    {
        var table = new VectorTable(6, 2, [1, 1, 5, 5, 1, 0, -2, -2, 0, 0, 1e30f, 1e30f]);

        var found = NeighborQuery.Find(table, 0, 9, DistanceMetric.Cosine, null, Compute);

        Assert.Equal([1, 5, 2, 4, 3], found.Select(neighbor => neighbor.Row));
        // Float64 roots and quotients of a few numbers.
        Assert.Equal(0, found[0].Distance, 1e-12);
        Assert.Equal(1 - Math.Sqrt(0.5), found[2].Distance, 1e-12);
        Assert.Equal(1, found[3].Distance);
        Assert.Equal(2, found[4].Distance, 1e-12);
    }

    [Fact]
    public void Find_CosineOfZero_IsAtDistanceOneFromAll()
    {
        var found = NeighborQuery.Find(new VectorTable(3, 2, [0, 0, 1, 2, 0, 0]), 0, 2, DistanceMetric.Cosine, null, Compute);

        Assert.Equal([new Neighbor(1, 1), new Neighbor(2, 1)], found);
    }

    [Fact]
    public void Find_SomeAllowed_FindsThemOnly()
    {
        var table = new VectorTable(5, 1, [0, 1, 2, 3, 4]);

        var found = NeighborQuery.Find(table, 2, 3, DistanceMetric.Euclidean, row => row is 0 or 4 or 2, Compute);

        Assert.Equal([new Neighbor(0, 2), new Neighbor(4, 2)], found);
    }

    [Fact]
    public void Find_OneVector_FindsNone() => Assert.Empty(NeighborQuery.Find(new VectorTable(1, 2), 0, 3, DistanceMetric.Euclidean, null, Compute));

    [Theory]
    [InlineData(5, 1, "row is 5")]
    [InlineData(-1, 1, "row is -1")]
    [InlineData(0, 0, "neighbors is 0")]
    public void Find_BadInput_SaysWhat(int row, int count, string what)
    {
        var fault = Assert.Throws<VectorException>(() => NeighborQuery.Find(new VectorTable(5, 2), row, count, DistanceMetric.Euclidean, null, Compute));

        Assert.StartsWith(what, fault.Message, StringComparison.Ordinal);
    }
}
