namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class TsneTests(DigitsFixture digits)
{
    private static readonly ComputeOptions Compute = new();

    private static VectorTable Start(VectorTable vectors, int dimensions) => Pca.Fit(vectors, dimensions, new PcaOptions(), Compute).Coordinates;

    private static NeighborTable Neighbors(VectorTable vectors, double perplexity) =>
        NearestNeighbors.Find(vectors, Tsne.NeighborsFor(perplexity, vectors.Rows), new NeighborOptions(), Compute);

    private static TsneResult Embed(VectorTable vectors, TsneOptions options, int dimensions = 2, ComputeOptions? compute = null, IEmbeddingObserver? observer = null) =>
        Tsne.Embed(Neighbors(vectors, options.Perplexity), Start(vectors, dimensions), options, compute ?? Compute, observer);

    private static (double Trust, double Preserved) Quality(VectorTable vectors, VectorTable picture)
    {
        var quality = ProjectionQuality.Measure(vectors, picture, new QualityOptions { TrustworthinessNeighbors = 5, PreservationNeighbors = 10 }, Compute);
        return (quality.Trustworthiness, quality.Preservation);
    }

    [Theory]
    [InlineData(TsneRepulsion.Auto)]
    [InlineData(TsneRepulsion.Interpolation)]
    [InlineData(TsneRepulsion.BarnesHut)]
    public void Embed_Digits_KeepsNeighbourhoods(TsneRepulsion repulsion)
    {
        var result = Embed(digits.Vectors, new TsneOptions { Repulsion = repulsion });

        var (trust, preserved) = Quality(digits.Vectors, result.Coordinates);
        // scikit-learn 1.2 has .9949 and .583 here, and a divergence of .756.
        Assert.InRange(trust, .993, 1);
        Assert.InRange(preserved, .57, 1);
        Assert.InRange(result.KlDivergence, .6, .77);
        Assert.Equal(1000, result.Iterations);
        Assert.Equal(repulsion == TsneRepulsion.Auto ? TsneRepulsion.Exact : repulsion, result.Repulsion);
    }

    [Fact]
    public void Embed_DigitsInSpace_KeepsThemBetterThanAPlane()
    {
        var result = Embed(digits.Vectors, new TsneOptions { Iterations = 500 }, 3);

        Assert.Equal(3, result.Coordinates.Columns);
        Assert.InRange(Quality(digits.Vectors, result.Coordinates).Preserved, .6, 1);
    }

    [Theory]
    [InlineData(TsneRepulsion.Exact, 2)]
    [InlineData(TsneRepulsion.Interpolation, 2)]
    [InlineData(TsneRepulsion.BarnesHut, 2)]
    [InlineData(TsneRepulsion.BarnesHut, 3)]
    public void Embed_AnyNumberOfThreads_GivesTheSameBits(TsneRepulsion repulsion, int dimensions)
    {
        var options = new TsneOptions { Iterations = 60, EarlyIterations = 40, Repulsion = repulsion };

        var results = new[] { 1, 2, 7 }.Select(threads => Embed(digits.Vectors, options, dimensions, new ComputeOptions { Threads = threads })).ToList();

        Assert.All(results, result => Assert.Equal(results[0].Coordinates.Values, result.Coordinates.Values));
        Assert.All(results, result => Assert.Equal(results[0].KlDivergence, result.KlDivergence));
    }

    [Fact]
    public void Embed_SoManyThatTheyAreOrdered_GivesRowsInTheirOwnOrderOnAnyNumberOfThreads()
    {
        // A ring, whose neighbours are known without a search.
        const int rows = 21_000, count = 6;
        int[] offsets = [1, -1, 2, -2, 3, -3];
        var indices = Enumerable.Range(0, rows * count).Select(at => (at / count + offsets[at % count] + rows) % rows).ToArray();
        var distances = Enumerable.Range(0, rows * count).Select(at => (float)Math.Abs(offsets[at % count])).ToArray();
        var start = new VectorTable(rows, 2);
        for (var row = 0; row < rows; row++) (start.Row(row)[0], start.Row(row)[1]) = ((float)Math.Cos(2 * Math.PI * row / rows), (float)Math.Sin(2 * Math.PI * row / rows));
        TsneResult Run(int threads) => Tsne.Embed(new NeighborTable(rows, count, indices, distances, exact: true), start,
            new TsneOptions { Perplexity = 2, Iterations = 60, EarlyIterations = 40 }, new ComputeOptions { Threads = threads });

        var (one, seven) = (Run(1), Run(7));

        Assert.Equal(one.Coordinates.Values, seven.Coordinates.Values);
        // Neighbours stay near each other, but for where the ring tears: rows were not mixed up on the way.
        var extent = one.Coordinates.Values.Max() - one.Coordinates.Values.Min();
        var far = Enumerable.Range(1, rows - 1).Count(row => Math.Sqrt(VectorDistance.Squared(one.Coordinates.Row(row), one.Coordinates.Row(row - 1))) > .05 * extent);
        Assert.InRange(far, 0, rows / 20);
    }

    [Fact]
    public void Embed_OneVector_IsAtTheOrigin()
    {
        var result = Tsne.Embed(new NeighborTable(1, 0, [], [], exact: true), new VectorTable(1, 2, [3, 4]), new TsneOptions(), Compute);

        Assert.Equal([0, 0], result.Coordinates.Values);
        Assert.Equal(0, result.KlDivergence);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Embed_TwoOrThreeVectors_AreApartAndFinite(int rows)
    {
        var vectors = new VectorTable(rows, 3, new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }[..(3 * rows)]);

        var result = Embed(vectors, new TsneOptions());

        Assert.All(result.Coordinates.Values, value => Assert.True(float.IsFinite(value)));
        // Two, and an equilateral triangle, are fitted without any divergence.
        Assert.Equal(0, result.KlDivergence, 1e-6);
        Assert.NotEqual(result.Coordinates.Row(0)[0], result.Coordinates.Row(1)[0]);
    }

    [Fact]
    public void Embed_EqualVectors_StayTogether()
    {
        var result = Tsne.Embed(Neighbors(new VectorTable(40, 5), 5), new VectorTable(40, 2), new TsneOptions { Perplexity = 5 }, Compute);

        Assert.All(result.Coordinates.Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Embed_VectorsOnALine_LeaveIt()
    {
        var vectors = new VectorTable(200, 1, [.. Enumerable.Range(0, 200).Select(at => (float)(at % 97))]);
        var start = new VectorTable(200, 2);
        for (var row = 0; row < 200; row++) start.Row(row)[0] = vectors.Values[row];

        var result = Tsne.Embed(Neighbors(vectors, 10), start, new TsneOptions { Perplexity = 10 }, Compute);

        Assert.True(Enumerable.Range(0, 200).Max(row => Math.Abs(result.Coordinates.Row(row)[1])) > 1);
    }

    [Theory]
    [InlineData(20, "perplexity is 20: below a third of the 60 vectors is needed, so the largest whole one that works is 19.")]
    [InlineData(30, "perplexity is 30: below a third of the 60 vectors is needed, so the largest whole one that works is 19.")]
    [InlineData(.5, "perplexity is 0.5: a number from 1 on is needed, usually 5 to 50.")]
    [InlineData(double.NaN, "perplexity is NaN: a number from 1 on is needed, usually 5 to 50.")]
    public void Embed_PerplexityThatCannotBe_SaysWhichCan(double perplexity, string message)
    {
        var vectors = Made.Normal(60, 4, 1);

        var fault = Assert.Throws<VectorException>(() => Tsne.Embed(Neighbors(vectors, 5), Start(vectors, 2), new TsneOptions { Perplexity = perplexity }, Compute));

        Assert.Equal(message, fault.Message);
        Embed(vectors, new TsneOptions { Perplexity = 19, Iterations = 1 });
    }

    [Fact]
    public void Embed_InputsThatDoNotFit_AreNamed()
    {
        var vectors = Made.Normal(60, 4, 1);
        var (neighbors, start) = (Neighbors(vectors, 5), Start(vectors, 2));
        string Fault(NeighborTable table, VectorTable coordinates, TsneOptions options) => Assert.Throws<VectorException>(() => Tsne.Embed(table, coordinates, options, Compute)).Message;

        Assert.Contains("30 neighbours of each vector are needed, and there are 15", Fault(neighbors, start, new TsneOptions { Perplexity = 10 }), StringComparison.Ordinal);
        Assert.Contains("4", Fault(neighbors, new VectorTable(60, 4), new TsneOptions { Perplexity = 5 }), StringComparison.Ordinal);
        Assert.Contains("61", Fault(neighbors, new VectorTable(61, 2), new TsneOptions { Perplexity = 5 }), StringComparison.Ordinal);
        start.Row(7)[1] = float.NaN;
        Assert.Contains("not finite", Fault(neighbors, start, new TsneOptions { Perplexity = 5 }), StringComparison.Ordinal);
        Assert.Contains("iterations is -1", Fault(neighbors, start, new TsneOptions { Iterations = -1 }), StringComparison.Ordinal);
        Assert.Contains("3 dimensions", Fault(neighbors, new VectorTable(60, 3), new TsneOptions { Perplexity = 5, Repulsion = TsneRepulsion.Interpolation }), StringComparison.Ordinal);
        Assert.Contains("flew apart", Fault(neighbors, Start(vectors, 2), new TsneOptions { Perplexity = 5, LearningRate = 1e38 }), StringComparison.Ordinal);
        Assert.Contains("learning rate is 0", Fault(neighbors, start, new TsneOptions { LearningRate = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_Watched_ShowsThePointsAndTellsItsProgress()
    {
        var (told, watcher) = (new Told(), new Watcher());

        var result = Embed(digits.Vectors, new TsneOptions { Iterations = 40, EarlyIterations = 20 }, compute: new ComputeOptions { Progress = told }, observer: watcher);

        Assert.Equal([10, 20, 30, 40], watcher.Shown.Select(shown => shown.Iteration));
        Assert.Equal(result.Coordinates.Values, watcher.Shown[^1].Values);
        Assert.Equal(1, told.Shares[^1]);
        Assert.Equal(told.Shares.Order(), told.Shares);
    }

    [Fact]
    public void Embed_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        var watcher = new Watcher { Then = cancel.Cancel };

        Assert.Throws<OperationCanceledException>(() => Embed(digits.Vectors, new TsneOptions(), compute: new ComputeOptions { Cancellation = cancel.Token, Threads = 2 }, observer: watcher));

        Assert.Single(watcher.Shown);
    }

    [Fact]
    public void MemoryBytes_OfAMillion_IsBelowTheVectorsOwn()
    {
        // 1,000,000 × 768 numbers are 3 GB; 90 neighbours of each.
        Assert.InRange(Tsne.MemoryBytes(1_000_000, 2), 1L << 30, 5L << 30);
        Assert.Equal(90, Tsne.NeighborsFor(30, 1000));
        Assert.Equal(2, Tsne.NeighborsFor(30, 3));
    }

    private sealed class Watcher : IEmbeddingObserver
    {
        public List<(int Iteration, float[] Values)> Shown { get; } = [];

        public Action Then { get; init; } = () => { };

        public bool Wants(int iteration, int iterations) => iteration % 10 == 0;

        public void Show(int iteration, int iterations, VectorTable coordinates)
        {
            Shown.Add((iteration, [.. coordinates.Values]));
            Then();
        }
    }
}
