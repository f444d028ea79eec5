namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class ClusteringTests(DigitsFixture digits)
{
    private static readonly ComputeOptions Compute = new();

    [Fact]
    public void Fit_ThreeHeaps_FindsThem()
    {
        var (table, heap) = Heaps(3, 400);

        var result = KMeans.Fit(table, new KMeansOptions { Clusters = 3 }, Compute);

        Assert.True(result.Converged);
        for (var row = 0; row < table.Rows; row++) Assert.Equal(result.Labels[row] == result.Labels[0], heap[row] == heap[0]);
        for (var cluster = 0; cluster < 3; cluster++)
        {
            var own = Enumerable.Range(0, table.Rows).Where(row => result.Labels[row] == cluster).ToArray();
            // The last centres differ from the means by no more than the tolerance leaves, and rounding.
            for (var column = 0; column < table.Columns; column++) Assert.Equal(own.Average(row => table.Row(row)[column]), result.Centres.Row(cluster)[column], 1e-4);
        }
    }

    [Fact]
    public void Fit_Digits_IsAsGoodAsScikitLearns()
    {
        var result = KMeans.Fit(digits.Vectors, new KMeansOptions { Clusters = 10, Starts = 10, Seed = 1 }, Compute);

        // The best of scikit-learn's twenty starts; local minima lie within a percent of each other.
        Assert.InRange(result.Inertia, 1165175.0 * 0.9999, 1165175.0 * 1.01);
        var sum = Enumerable.Range(0, 1797).Sum(row => VectorDistance.Squared(digits.Vectors.Row(row), result.Centres.Row(result.Labels[row])));
        Assert.Equal(1, result.Inertia / sum, 1e-6);
        var sizes = result.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value).ToArray();
        Assert.Equal(sizes.OrderDescending(), sizes);
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits()
    {
        var options = new KMeansOptions { Clusters = 7, Starts = 2, Seed = 2 };

        var one = KMeans.Fit(digits.Vectors, options, new ComputeOptions { Threads = 1 });
        var seven = KMeans.Fit(digits.Vectors, options, new ComputeOptions { Threads = 7 });

        Assert.Equal(one.Labels, seven.Labels);
        Assert.Equal(one.Centres.Values, seven.Centres.Values);
        Assert.Equal(one.Inertia, seven.Inertia);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(20, 3)]
    public void Fit_FewerDifferentVectorsThanClusters_LeavesTheLastOnesEmpty(int rows, int clusters)
    {
        var table = new VectorTable(rows, 2);
        table.Values.AsSpan().Fill(2.5f);

        var result = KMeans.Fit(table, new KMeansOptions { Clusters = clusters }, Compute);

        Assert.Equal(0, result.Inertia, 1e-12);
        Assert.All(result.Labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public void Fit_AsManyClustersAsVectors_GivesEachItsOwn()
    {
        var result = KMeans.Fit(Made.Normal(12, 3, 3), new KMeansOptions { Clusters = 12 }, Compute);

        Assert.Equal(12, result.Labels.Distinct().Count());
        Assert.Equal(0, result.Inertia, 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Fit_MoreClustersThanVectors_SaysHowMany(int clusters)
    {
        var fault = Assert.Throws<VectorException>(() => KMeans.Fit(new VectorTable(5, 2), new KMeansOptions { Clusters = clusters }, Compute));

        Assert.Contains("ask for 1 to 5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Silhouette_Digits_IsScikitLearns()
    {
        var result = Silhouette.Measure(digits.Vectors, Array.ConvertAll(digits.Labels, label => (int)label), new SilhouetteOptions(), Compute);

        // float32 distances, averaged.
        Assert.Equal(0.162943205, result.Mean, 1e-6);
        Assert.Equal(10, result.PerCluster.Length);
        Assert.False(result.Sampled);
    }

    [Fact]
    public void Silhouette_FourPointsOnALine_IsWorkedOutByHand()
    {
        // a and b of each: 1 and 10.5, 1 and 9.5, twice.
        var result = Silhouette.Measure(new VectorTable(5, 1, [0, 1, 10, 11, 100]), [0, 0, 1, 1, 2], new SilhouetteOptions(), Compute);

        var width = (9.5 / 10.5 + 8.5 / 9.5) / 2;
        Assert.Equal(width, result.PerCluster[0], 1e-6);
        Assert.Equal(width, result.PerCluster[1], 1e-6);
        Assert.Equal(0, result.PerCluster[2]);
        Assert.Equal(4 * width / 5, result.Mean, 1e-6);
    }

    [Fact]
    public void Silhouette_MoreThanTheSample_IsNearTheWhole()
    {
        var (table, heap) = Heaps(3, 400);
        var whole = Silhouette.Measure(table, heap, new SilhouetteOptions(), Compute);

        var sampled = Silhouette.Measure(table, heap, new SilhouetteOptions { Sample = 500 }, Compute);

        Assert.True(sampled.Sampled);
        // Means of 500 of 1,200 widths that scatter by .1.
        Assert.Equal(whole.Mean, sampled.Mean, 0.02);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0 }, "all the same")]
    [InlineData(new[] { 0, 1 }, "labels are 2")]
    [InlineData(new[] { 0, 1, -1 }, "labels[2] is -1")]
    [InlineData(new[] { 0, 1, 1_000_000_000 }, "without gaps")]
    public void Silhouette_BadLabels_SaysWhat(int[] labels, string what)
    {
        var fault = Assert.Throws<VectorException>(() => Silhouette.Measure(new VectorTable(3, 2), labels, new SilhouetteOptions(), Compute));

        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    private static (VectorTable Table, int[] Heap) Heaps(int count, int each)
    {
        var table = Made.Normal(count * each, 5, 9);
        var heap = new int[table.Rows];
        for (var row = 0; row < table.Rows; row++)
        {
            heap[row] = row % count;
            table.Row(row)[heap[row]] += 12;
        }
        return (table, heap);
    }
}
