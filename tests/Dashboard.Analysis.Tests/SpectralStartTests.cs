namespace Dashboard.Analysis.Tests;

public sealed class SpectralStartTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    [Fact]
    public void Eigenvectors_OfARing_AreTheSlowestWave()
    {
        const int Rows = 200;
        var graph = Ring(Rows);

        var found = GraphEigenvectors.Find(graph, 2, 1, Compute)!;

        // cos and sin of once around, in any mixture: the two are of equal size everywhere.
        for (var row = 0; row < Rows; row++)
        {
            var size = found[2 * row] * found[2 * row] + found[2 * row + 1] * found[2 * row + 1];
            // A residual of 1e-4 over a distance of 1.5e-3 to the next eigenvalue leaves some hundredths.
            Assert.Equal(2.0 / Rows, size, 0.1 * 2 / Rows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Eigenvectors_OfTwoBlobs_AreTheDenseOnes(int count)
    {
        var graph = FuzzyGraph.Of(GaussianBlobs.Neighbors(GaussianBlobs.Make(2, 60, 4, 1, seed: 3), 14), Compute);
        Assert.Single(GraphComponents.Of(graph).Members);
        var (_, vectors) = SymmetricEigen.Dense(Laplacian(graph));

        var found = GraphEigenvectors.Find(graph, count, 1, Compute)!;

        for (var column = 0; column < count; column++)
        {
            double along = 0;
            for (var row = 0; row < graph.Rows; row++) along += found[row * count + column] * vectors[row, column + 1];
            // The cosine falls by half the square of the residual over the gap to the next eigenvalue, which is above 0.01 here.
            Assert.Equal(1, Math.Abs(along), 1e-3);
        }
    }

    [Fact]
    public void Start_OfOneComponent_FillsZeroToTen()
    {
        var graph = Ring(200);

        var (coordinates, start) = SpectralStart.Of(graph, GraphComponents.Of(graph), 2, 1, Compute);

        Assert.Equal(UmapStart.Spectral, start);
        Assert.Equal((0f, 10f), (coordinates.Min(), coordinates.Max()));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    [InlineData(11, 2)]
    [InlineData(11, 3)]
    public void Start_OfSeveralComponents_KeepsThemApart(int parts, int dimensions)
    {
        const int Each = 40;
        // Rings that nothing connects.
        var neighbors = new NeighborTable(parts * Each, 2,
            [.. Enumerable.Range(0, parts * Each).SelectMany(row => new[] { row / Each * Each + (row + 1) % Each, row / Each * Each + (row + Each - 1) % Each })],
            [.. Enumerable.Repeat(1f, 2 * parts * Each)], exact: true);
        var graph = FuzzyGraph.Of(neighbors, Compute);
        var components = GraphComponents.Of(graph);

        var (coordinates, start) = SpectralStart.Of(graph, components, dimensions, 1, Compute);

        Assert.Equal(parts, components.Members.Count);
        Assert.Equal(UmapStart.Spectral, start);
        var table = new VectorTable(parts * Each, dimensions, coordinates);
        for (var row = 0; row < table.Rows; row++)
        {
            var nearest = Enumerable.Range(0, table.Rows).Where(other => other != row).MinBy(other => GaussianBlobs.Distance(table, row, other));
            Assert.Equal(row / Each, nearest / Each);
        }
    }

    [Fact]
    public void Start_OfTooFewRows_IsDrawnAndSaysSo()
    {
        var graph = FuzzyGraph.Union(2, 1, [1, 0], [1, 1], Compute);

        Assert.Equal(UmapStart.Random, SpectralStart.Of(graph, GraphComponents.Of(graph), 2, 1, Compute).Start);
    }

    private static FuzzyGraph Ring(int rows) => FuzzyGraph.Union(rows, 1, [.. Enumerable.Range(0, rows).Select(row => (row + 1) % rows)], [.. Enumerable.Repeat(1f, rows)], Compute);

    private static double[,] Laplacian(FuzzyGraph graph)
    {
        var degrees = Enumerable.Range(0, graph.Rows).Select(row => graph.Weights[(int)graph.Starts[row]..(int)graph.Starts[row + 1]].Sum(weight => (double)weight)).ToArray();
        var laplacian = new double[graph.Rows, graph.Rows];
        for (var row = 0; row < graph.Rows; row++)
        {
            laplacian[row, row] = 1;
            for (var at = (int)graph.Starts[row]; at < graph.Starts[row + 1]; at++) laplacian[row, graph.Ends[at]] -= graph.Weights[at] / Math.Sqrt(degrees[row] * degrees[graph.Ends[at]]);
        }
        return laplacian;
    }
}
