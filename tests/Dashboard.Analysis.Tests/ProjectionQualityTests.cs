namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class ProjectionQualityTests(DigitsFixture digits)
{
    private static readonly ComputeOptions Compute = new();

    [Theory]
    [InlineData(1, 0.875)]
    [InlineData(2, 0.8)]
    public void Measure_ALineWithItsEndTurned_IsScikitLearns(int neighbors, double expected)
    {
        var result = ProjectionQuality.Measure(Line(0, 1, 2, 3, 4, 5), Line(0, 1, 2, 5, 4, 3), new QualityOptions { TrustworthinessNeighbors = neighbors }, Compute);

        Assert.Equal(expected, result.Trustworthiness, 12);
        Assert.Equal(neighbors, result.TrustworthinessNeighbors);
    }

    [Fact]
    public void Measure_TurnedAndMovedGrid_IsExactlyOne()
    {
        // Every point has four nearest at the same distance, which rounding orders at random once the grid is turned.
        var (grid, turned) = (new VectorTable(400, 2), new VectorTable(400, 2));
        for (var row = 0; row < 400; row++)
        {
            var (x, y) = (row % 20, row / 20);
            (grid.Row(row)[0], grid.Row(row)[1]) = (x, y);
            (turned.Row(row)[0], turned.Row(row)[1]) = ((float)(0.8 * x - 0.6 * y + 3.3), (float)(0.6 * x + 0.8 * y - 7.7));
        }

        var result = ProjectionQuality.Measure(grid, turned, new QualityOptions(), Compute);

        Assert.Equal(1, result.Trustworthiness);
        Assert.Equal(1, result.Preservation);
    }

    [Fact]
    public void Measure_DigitsOnTheirPrincipalComponents_IsScikitLearns()
    {
        var plane = Pca.Fit(digits.Vectors, 2, new PcaOptions(), Compute).Coordinates;

        var result = ProjectionQuality.Measure(digits.Vectors, plane, new QualityOptions(), Compute);

        // scikit-learn orders the many equal distances of whole numbers as its sort leaves them.
        Assert.Equal(0.830425, result.Trustworthiness, 2e-5);
        Assert.Equal(0.117919, result.Preservation, 2e-3);
        Assert.False(result.Sampled);
        Assert.Equal(1797, result.Points);
    }

    [Fact]
    public void Measure_MoreThanTheSample_IsNearTheWhole()
    {
        var plane = Pca.Fit(digits.Vectors, 2, new PcaOptions(), Compute).Coordinates;

        var result = ProjectionQuality.Measure(digits.Vectors, plane, new QualityOptions { Sample = 900, Seed = 1 }, Compute);

        Assert.True(result.Sampled);
        Assert.Equal(900, result.Points);
        // Half of the points: neighbourhoods reach twice as far.
        Assert.Equal(0.830425, result.Trustworthiness, 0.03);
    }

    [Fact]
    public void Measure_AnyNumberOfThreads_GivesTheSameBits()
    {
        var noise = Made.Normal(1797, 2, 3);

        Assert.Equal(
            ProjectionQuality.Measure(digits.Vectors, noise, new QualityOptions(), new ComputeOptions { Threads = 1 }),
            ProjectionQuality.Measure(digits.Vectors, noise, new QualityOptions(), new ComputeOptions { Threads = 7 }));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(11, 5)]
    public void Measure_FewPoints_LowersTheNeighboursAndSaysSo(int points, int neighbors)
    {
        var table = Made.Normal(points, 2, 4);

        var result = ProjectionQuality.Measure(table, table, new QualityOptions { TrustworthinessNeighbors = 50, PreservationNeighbors = 50 }, Compute);

        Assert.Equal(new QualityResult(1, 1, neighbors, neighbors, points, false), result);
    }

    [Fact]
    public void PerPoint_SomePointsTornOut_SaysWhich()
    {
        var line = Line([.. Enumerable.Range(0, 100).Select(x => (float)x)]);
        var torn = Line([.. Enumerable.Range(0, 100).Select(x => x == 50 ? 1000f : x)]);
        var neighbors = NearestNeighbors.Find(line, 2, new NeighborOptions(), Compute);

        var shares = ProjectionQuality.PerPoint(neighbors, torn, Compute);

        Assert.Equal(1, shares[10]);
        Assert.Equal(0, shares[50]);
        Assert.Equal(0.5f, shares[49]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PerPoint_Digits_IsThePreservationOfEach(int columns)
    {
        var picture = Pca.Fit(digits.Vectors, columns, new PcaOptions(), Compute).Coordinates;
        var neighbors = NearestNeighbors.Find(digits.Vectors, 10, new NeighborOptions(), Compute);

        var shares = ProjectionQuality.PerPoint(neighbors, picture, Compute);

        var near = NearestNeighbors.Find(picture, 10, new NeighborOptions { Method = NeighborMethod.Exact }, Compute);
        for (var row = 0; row < shares.Length; row++)
            Assert.Equal(neighbors.IndicesOf(row).ToArray().Intersect(near.IndicesOf(row).ToArray()).Count() / 10f, shares[row], 1e-6f);
    }

    [Fact]
    public void PerPoint_AllPointsEqual_KeepsEveryNeighbour()
    {
        var neighbors = NearestNeighbors.Find(Made.Normal(5000, 3, 5), 4, new NeighborOptions(), Compute);

        Assert.All(ProjectionQuality.PerPoint(neighbors, new VectorTable(5000, 2), Compute), share => Assert.Equal(1, share));
    }

    [Fact]
    public void Measure_BadInput_SaysWhat()
    {
        var table = Made.Normal(20, 3, 6);
        AssertFault("20 vectors and 19 points", () => ProjectionQuality.Measure(table, new VectorTable(19, 2), new QualityOptions(), Compute));
        AssertFault("neighbors are 0", () => ProjectionQuality.Measure(table, table, new QualityOptions { TrustworthinessNeighbors = 0 }, Compute));
        AssertFault("sample is 2", () => ProjectionQuality.Measure(table, table, new QualityOptions { Sample = 2 }, Compute));
        var points = new VectorTable(20, 2);
        points.Row(4)[1] = float.NaN;
        AssertFault("Row 4, column 1", () => ProjectionQuality.Measure(table, points, new QualityOptions(), Compute));
    }

    private static void AssertFault(string what, Action action) => Assert.Contains(what, Assert.Throws<VectorException>(action).Message, StringComparison.Ordinal);

    private static VectorTable Line(params float[] points) => new(points.Length, 1, points);
}
