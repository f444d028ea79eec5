namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class NearestNeighborsTests(DigitsFixture digits)
{
    private static readonly ComputeOptions Compute = new();
    private static readonly NeighborOptions Exactly = new() { Method = NeighborMethod.Exact };
    private static readonly NeighborOptions Nearly = new() { Method = NeighborMethod.Approximate, Seed = 3 };

    [Theory]
    [InlineData(700, 50, 0f)]
    [InlineData(700, 50, 1000f)]
    [InlineData(230, 3, 0f)]
    [InlineData(500, 1, 0f)]
    [InlineData(40, 600, 5f)]
    public void Find_Exactly_IsWhatLookingAtEveryPairFinds(int rows, int columns, float shift)
    {
        var table = Made.Normal(rows, columns, 1, shift);

        AssertSame(Slow(table, 15), NearestNeighbors.Find(table, 15, Exactly, Compute));
    }

    [Fact]
    public void Find_ManyEqualRowsAndDistances_OrdersThemByRow()
    {
        // 81 different rows among 800: ten of each, at many equal distances.
        var table = Made.Whole(800, 4, 3, 2);

        var found = NearestNeighbors.Find(table, 12, Exactly, Compute);

        AssertSame(Slow(table, 12), found);
        Assert.Contains(0f, found.Distances);
    }

    [Fact]
    public void Find_NeighboursFarCloserThanTheOrigin_AreDecidedInFloat64()
    {
        // Two heaps a million apart: float32 products around their middle cannot tell a heap's rows apart.
        var table = Made.Normal(300, 6, 4);
        for (var row = 0; row < 150; row++) table.Row(row)[0] += 1e6f;

        AssertSame(Slow(table, 5), NearestNeighbors.Find(table, 5, Exactly, Compute));
    }

    [Fact]
    public void Find_Digits_AreScikitLearns()
    {
        var found = NearestNeighbors.Find(digits.Vectors, 5, new NeighborOptions(), Compute);

        Assert.True(found.Exact);
        Assert.Equal(1, found.Recall);
        Assert.Equal([877, 1365, 1541, 1167, 1029], found.IndicesOf(0));
        // √120, from whole numbers.
        Assert.Equal(10.95445f, found.DistancesOf(0)[0], 1e-5f);
    }

    [Theory]
    [InlineData(NeighborMethod.Exact)]
    [InlineData(NeighborMethod.Approximate)]
    public void Find_AnyNumberOfThreads_GivesTheSameBits(NeighborMethod method)
    {
        var options = new NeighborOptions { Method = method, Seed = 5 };

        var one = NearestNeighbors.Find(digits.Vectors, 10, options, new ComputeOptions { Threads = 1 });

        foreach (var threads in new[] { 2, 7 })
        {
            var more = NearestNeighbors.Find(digits.Vectors, 10, options, new ComputeOptions { Threads = threads });
            Assert.Equal(one.Indices, more.Indices);
            Assert.Equal(one.Distances, more.Distances);
            Assert.Equal(one.Recall, more.Recall);
        }
    }

    [Fact]
    public void Find_Approximately_FindsNearlyAllAndSaysHowMany()
    {
        var exact = NearestNeighbors.Find(digits.Vectors, 15, Exactly, Compute);

        var found = NearestNeighbors.Find(digits.Vectors, 15, Nearly, Compute);

        Assert.False(found.Exact);
        var right = Enumerable.Range(0, exact.Rows).Sum(row => exact.IndicesOf(row).ToArray().Intersect(found.IndicesOf(row).ToArray()).Count()) / (15.0 * exact.Rows);
        Assert.True(right > 0.98, $"{right}");
        // 1,000 of 1,797 rows are judged, and equal distances count as found.
        Assert.Equal(right, found.Recall, 0.01);
        AssertOrdered(found);
    }

    [Theory]
    [InlineData(NeighborMethod.Exact, 200, 2)]
    [InlineData(NeighborMethod.Approximate, 200, 2)]
    [InlineData(NeighborMethod.Approximate, 3, 20)]
    [InlineData(NeighborMethod.Exact, 3, 20)]
    public void Find_AllRowsEqual_IsAtDistanceZero(NeighborMethod method, int rows, int columns)
    {
        var table = new VectorTable(rows, columns);
        table.Values.AsSpan().Fill(0.1f);

        var found = NearestNeighbors.Find(table, 2, new NeighborOptions { Method = method }, Compute);

        Assert.All(found.Distances, distance => Assert.Equal(0, distance));
        if (method == NeighborMethod.Exact) Assert.Equal([0, 1], found.IndicesOf(rows - 1));
        Assert.Equal(1, found.Recall);
    }

    [Theory]
    [InlineData(NeighborMethod.Exact)]
    [InlineData(NeighborMethod.Approximate)]
    public void Find_MoreThanThereAre_FindsAllOthers(NeighborMethod method)
    {
        var options = new NeighborOptions { Method = method };

        Assert.Equal(0, NearestNeighbors.Find(new VectorTable(1, 3), 5, options, Compute).Count);
        Assert.Equal([1, 0], NearestNeighbors.Find(new VectorTable(2, 1, [0, 3]), 5, options, Compute).Indices);
        var all = NearestNeighbors.Find(Made.Normal(30, 4, 6), 1000, options, Compute);
        Assert.Equal(29, all.Count);
        Assert.Equal(29, all.IndicesOf(7).ToArray().Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_SeveralBlocks_IsTheSameFromMemoryAndFromAFile(bool fromMemory)
    {
        // From memory the rows are taken in an order of their own, which must not show.
        var table = Made.Whole(1200, 5, 4, 11);

        AssertSame(Slow(table, 6), NearestNeighbors.Find(fromMemory ? table : new Elsewhere(table), 6, Exactly, Compute));
    }

    [Fact]
    public void Find_LongVectors_Works()
    {
        var table = Made.Normal(20, 120_000, 7);

        AssertSame(Slow(table, 4), NearestNeighbors.Find(table, 4, new NeighborOptions(), Compute));
    }

    [Fact]
    public void Find_BadInput_SaysWhat()
    {
        var table = Made.Normal(50, 4, 8);
        Assert.Contains("neighbors is 0", Assert.Throws<VectorException>(() => NearestNeighbors.Find(table, 0, Exactly, Compute)).Message, StringComparison.Ordinal);
        table.Row(17)[3] = float.NegativeInfinity;
        Assert.StartsWith("Row 17, column 3 of the vectors is -infinity:", Assert.Throws<VectorException>(() => NearestNeighbors.Find(table, 3, Exactly, Compute)).Message, StringComparison.Ordinal);
        Assert.Contains("0 rows", Assert.Throws<VectorException>(() => NearestNeighbors.Find(new VectorTable(0, 4), 3, Exactly, Compute)).Message, StringComparison.Ordinal);
        Assert.Contains("3000000000 numbers", Assert.Throws<VectorException>(() => ApproximateNeighbors.Find(new Endless(3_000_000, 1000), 3, 0, Compute)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NeighborMethod.Exact)]
    [InlineData(NeighborMethod.Approximate)]
    public void Find_Cancelled_Stops(NeighborMethod method)
    {
        using var source = new CancellationTokenSource();
        var told = new CancelAt(0.2, source);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            NearestNeighbors.Find(digits.Vectors, 15, new NeighborOptions { Method = method }, new ComputeOptions { Cancellation = source.Token, Progress = told }));
    }

    [Theory]
    [InlineData(NeighborMethod.Exact)]
    [InlineData(NeighborMethod.Approximate)]
    public void Find_Watched_TellsRisingSharesUpToOne(NeighborMethod method)
    {
        var told = new Told();

        NearestNeighbors.Find(digits.Vectors, 15, new NeighborOptions { Method = method }, new ComputeOptions { Progress = told });

        Assert.Equal(told.Shares.Order(), told.Shares);
        Assert.Equal(1, told.Shares[^1]);
    }

    private static NeighborTable Slow(VectorTable table, int count)
    {
        var (indices, distances) = (new List<int>(), new List<float>());
        for (var row = 0; row < table.Rows; row++)
        {
            var nearest = Enumerable.Range(0, table.Rows).Where(other => other != row)
                .Select(other => (Squared: VectorDistance.Squared(table.Row(row), table.Row(other)), Row: other)).Order().Take(count).ToList();
            indices.AddRange(nearest.Select(neighbor => neighbor.Row));
            distances.AddRange(nearest.Select(neighbor => (float)Math.Sqrt(neighbor.Squared)));
        }
        return new NeighborTable(table.Rows, count, [.. indices], [.. distances], exact: true);
    }

    private static void AssertSame(NeighborTable expected, NeighborTable actual)
    {
        Assert.True(actual.Exact);
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Distances, actual.Distances);
    }

    private static void AssertOrdered(NeighborTable table)
    {
        for (var row = 0; row < table.Rows; row++)
        {
            var distances = table.DistancesOf(row).ToArray();
            Assert.Equal(distances.Order(), distances);
            Assert.DoesNotContain(row, table.IndicesOf(row).ToArray());
            Assert.Equal(table.Count, table.IndicesOf(row).ToArray().Distinct().Count());
        }
    }

    /// <summary>A table that is not in memory as such.</summary>
    private sealed class Elsewhere(VectorTable table) : IVectorRows
    {
        public int Rows => table.Rows;

        public int Columns => table.Columns;

        public void Read(int first, Span<float> destination) => table.Read(first, destination);
    }

    /// <summary>A table too large to be there.</summary>
    private sealed class Endless(int rows, int columns) : IVectorRows
    {
        public int Rows => rows;

        public int Columns => columns;

        public void Read(int first, Span<float> destination) => throw new InvalidOperationException("Nothing should be read.");
    }

    private sealed class CancelAt(double share, CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share) source.Cancel();
        }
    }
}
