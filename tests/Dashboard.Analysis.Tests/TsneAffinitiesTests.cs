namespace Dashboard.Analysis.Tests;

public sealed class TsneAffinitiesTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    private static TsneAffinities Of(VectorTable vectors, double perplexity, int count, int[]? order = null)
    {
        using var team = new PhaseTeam(Compute);
        var neighbors = NearestNeighbors.Find(vectors, count, new NeighborOptions(), Compute);
        return TsneAffinities.Of(neighbors, perplexity, order ?? [.. Enumerable.Range(0, vectors.Rows)], team);
    }

    private static Dictionary<(int Row, int Column), double> Entries(TsneAffinities affinities, int[]? order = null)
    {
        var entries = new Dictionary<(int, int), double>();
        for (var row = 0; row < affinities.Rows; row++)
        {
            for (var at = affinities.Starts[row]; at < affinities.Starts[row + 1]; at++)
            {
                var column = affinities.Columns.Span[at];
                // What fills a row up is nothing of the row itself.
                if (column == row) Assert.Equal(0, affinities.Values.Span[at]);
                else entries.Add(order is null ? (row, column) : (order[row], order[column]), affinities.Values.Span[at]);
            }
        }
        return entries;
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void Of_SomeVectors_IsSymmetricAndSumsToOne(double perplexity)
    {
        var affinities = Of(Made.Normal(500, 6, 1), perplexity, Tsne.NeighborsFor(perplexity, 500));

        var entries = Entries(affinities);

        // Tens of thousands of float32 numbers, each rounded once or twice.
        Assert.Equal(1, entries.Values.Sum(), 1e-6);
        Assert.All(entries, entry => Assert.Equal(entry.Value, entries[(entry.Key.Column, entry.Key.Row)], 1e-12));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(29.5)]
    public void Find_AnyPerplexity_HasItsLogarithmForEntropy(double perplexity)
    {
        var neighbors = NearestNeighbors.Find(Made.Normal(300, 5, 2), 90, new NeighborOptions(), Compute);
        var search = new PerplexitySearch(perplexity, 90);
        var affinities = new float[90];
        for (var row = 0; row < neighbors.Rows; row++)
        {
            search.Find(neighbors.DistancesOf(row), affinities);

            Assert.Equal(Math.Log(perplexity), -affinities.Where(p => p > 0).Sum(p => p * Math.Log(p)), PerplexitySearch.Tolerance);
            Assert.Equal(1, affinities.Sum(p => (double)p), 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Find_EqualDistances_SharesEvenly(float distance)
    {
        var affinities = new float[12];

        new PerplexitySearch(4, 12).Find(Enumerable.Repeat(distance, 12).ToArray(), affinities);

        Assert.All(affinities, p => Assert.Equal(1 / 12.0, p, 1e-7));
    }

    [Fact]
    public void Find_MoreTiesThanThePerplexity_SharesAmongTheNearest()
    {
        var affinities = new float[12];

        new PerplexitySearch(4, 12).Find([0, 0, 0, 0, 0, 0, 5, 6, 7, 8, 9, 10], affinities);

        Assert.All(affinities[..6], p => Assert.Equal(1 / 6.0, p, 1e-6));
        Assert.All(affinities[6..], p => Assert.Equal(0, p, 1e-6));
    }

    [Fact]
    public void Of_EquilateralTriangle_IsASixthEach()
    {
        var entries = Entries(Of(new VectorTable(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]), 2, 2));

        Assert.Equal(6, entries.Count);
        Assert.All(entries.Values, p => Assert.Equal(1 / 6.0, p, 1e-7));
    }

    [Fact]
    public void Of_AnotherOrder_IsTheSameUnderOtherNumbers()
    {
        var vectors = Made.Normal(400, 4, 3);
        int[] order = [.. Enumerable.Range(0, 400).Select(at => at * 7 % 400)];
        int[] second = [.. Enumerable.Range(0, 400).Select(at => at * 11 % 400)];
        var plain = Entries(Of(vectors, 9, 27));
        using var team = new PhaseTeam(Compute);

        var ordered = Of(vectors, 9, 27, order);
        var twice = ordered.Ordered(second, team);

        Assert.Equal(plain.OrderBy(entry => entry.Key), Entries(ordered, order).OrderBy(entry => entry.Key));
        Assert.Equal(plain.OrderBy(entry => entry.Key), Entries(twice, [.. second.Select(at => order[at])]).OrderBy(entry => entry.Key));
    }
}
