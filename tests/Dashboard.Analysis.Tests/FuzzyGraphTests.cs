namespace Dashboard.Analysis.Tests;

public sealed class FuzzyGraphTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(29)]
    public void Memberships_OfDistinctDistances_SumToLog2OfTheNeighboursAndOneself(int count)
    {
        var neighbors = GaussianBlobs.Neighbors(GaussianBlobs.Make(2, 60, 5, 4, seed: 1), count);

        var weights = FuzzyGraph.Memberships(neighbors, Compute);

        for (var row = 0; row < neighbors.Rows; row++)
        {
            var own = weights.AsSpan(row * count, count).ToArray();
            Assert.Equal(Math.Log2(count + 1), own.Sum(weight => (double)weight), 1e-5);
            Assert.Equal(1, own[0]);
        }
    }

    [Fact]
    public void Memberships_WithDuplicates_NearestIsTheFirstAtADistance()
    {
        // Two at distance 0, one at 1, which is ρ, one at 2: 3 + exp(−1/σ) should be log₂ 5 = 2.32, so σ is as small as it gets: a thousandth of the mean.
        var neighbors = new NeighborTable(1, 4, [0, 0, 0, 0], [0, 0, 1, 2], exact: true);

        var weights = FuzzyGraph.Memberships(neighbors, Compute);

        Assert.Equal([1, 1, 1], weights[..3]);
        // The smallest number there is in place of exp(−1667).
        Assert.InRange(weights[3], 0, 2e-38f);
    }

    [Fact]
    public void Memberships_OfEqualVectors_AreWhole()
    {
        var neighbors = new NeighborTable(3, 2, [1, 2, 0, 2, 0, 1], new float[6], exact: true);

        Assert.All(FuzzyGraph.Memberships(neighbors, Compute), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Union_OfThreeRows_IsTheFormula()
    {
        // 0 → 1 with ½, 1 → 0 with ¼, 2 → 0 with 1.
        var graph = FuzzyGraph.Union(3, 1, [1, 0, 0], [0.5f, 0.25f, 1], Compute);

        Assert.Equal([0L, 2, 3, 4], graph.Starts);
        Assert.Equal([1, 2, 0, 0], graph.Ends);
        // ½ + ¼ − ⅛, and 1 where only one knows the other.
        Assert.Equal([0.625f, 1, 0.625f, 1], graph.Weights);
    }

    [Fact]
    public void Union_OfRealNeighbours_IsSymmetric()
    {
        var graph = FuzzyGraph.Of(GaussianBlobs.Neighbors(GaussianBlobs.Make(2, 300, 5, 4, seed: 2), 7), Compute);

        for (var row = 0; row < graph.Rows; row++)
        {
            var ends = graph.Ends[(int)graph.Starts[row]..(int)graph.Starts[row + 1]];
            Assert.Equal(ends.Distinct().Order(), ends);
            for (var at = (int)graph.Starts[row]; at < graph.Starts[row + 1]; at++)
            {
                var back = Array.IndexOf(graph.Ends, row, (int)graph.Starts[graph.Ends[at]], (int)(graph.Starts[graph.Ends[at] + 1] - graph.Starts[graph.Ends[at]]));
                Assert.True(back >= 0);
                // a + b − ab in the other order is rounded otherwise.
                Assert.Equal(graph.Weights[at], graph.Weights[back], 1e-6f);
            }
        }
    }

    [Fact]
    public void Cut_TenEpochs_DropsWhatIsBelowATenthOfTheLargest()
    {
        var graph = FuzzyGraph.Union(4, 1, [1, 2, 3, 0], [1, 0.05f, 0.5f, 0.05f], Compute).Cut(10);

        Assert.Equal([0L, 1, 2, 3, 4], graph.Starts);
        Assert.Equal([1, 0, 3, 2], graph.Ends[..4]);
    }

    [Theory]
    [InlineData(1f, 500)]
    [InlineData(0.5f, 250)]
    [InlineData(0.3f, 150)]
    [InlineData(0.0021f, 1)]
    [InlineData(0.0019f, 0)]
    public void IsDue_OverAllEpochs_IsInProportionToTheWeight(float rate, int times)
    {
        // umap-learn's epochs per sample: the n-th time at the first epoch from n/rate on. One rounding of 0.3 · 500 may move one.
        Assert.InRange(Enumerable.Range(1, 500).Count(epoch => UmapLayout.IsDue(rate, epoch)), times - 1, times);
        if (times > 0) Assert.Equal((int)Math.Ceiling(1 / rate), Enumerable.Range(1, 500).First(epoch => UmapLayout.IsDue(rate, epoch)));
    }
}
