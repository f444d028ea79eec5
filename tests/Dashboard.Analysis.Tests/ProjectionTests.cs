namespace Dashboard.Analysis.Tests;

public sealed class ProjectionTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    private static VectorTable Some => GaussianBlobs.Make(3, 40, 6, 1, seed: 21);

    [Theory]
    [InlineData(ProjectionMethod.Pca, 2)]
    [InlineData(ProjectionMethod.Pca, 3)]
    [InlineData(ProjectionMethod.Tsne, 2)]
    [InlineData(ProjectionMethod.Tsne, 3)]
    [InlineData(ProjectionMethod.Umap, 2)]
    [InlineData(ProjectionMethod.Umap, 3)]
    public void Run_EachMethod_GivesPlacesAndTheirQuality(ProjectionMethod method, int dimensions)
    {
        var settings = new ProjectionSettings { Method = method, Dimensions = dimensions, Iterations = 300, PointQuality = true, Seed = 3 };

        var result = Projection.Run(Some, settings, Compute);

        Assert.Equal((120, dimensions), (result.Coordinates.Rows, result.Coordinates.Columns));
        Assert.InRange(result.Trustworthiness!.Value, 0.8, 1);
        Assert.InRange(result.Preservation!.Value, 0.3, 1);
        // Every point is measured, and by the same definition but for ties.
        Assert.Equal(result.Preservation.Value, result.PointPreservation!.Average(), 0.01);
        Assert.Equal((120, false), (result.QualityPoints!.Value, result.QualitySampled));
        Assert.Equal(method == ProjectionMethod.Pca ? dimensions : null, result.ExplainedVarianceRatio?.Length);
        Assert.Equal(method == ProjectionMethod.Tsne, result.KlDivergence is > 0);
        Assert.Equal(method == ProjectionMethod.Pca ? null : true, result.NeighborsExact);
        Assert.Equal(method == ProjectionMethod.Pca ? null : 300, result.Iterations);
        Assert.Empty(result.Notes);
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca)]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_OnAnyNumberOfThreads_GivesTheSameBits(ProjectionMethod method)
    {
        var settings = new ProjectionSettings { Method = method, Iterations = 60, Seed = 5, PcaFirst = 4, Standardize = true };

        var one = Projection.Run(Some, settings, new ComputeOptions { Threads = 1 });
        var seven = Projection.Run(Some, settings, new ComputeOptions { Threads = 7 });

        Assert.Equal(one.Coordinates.Values, seven.Coordinates.Values);
        Assert.Equal((one.Trustworthiness, one.Preservation), (seven.Trustworthiness, seven.Preservation));
    }

    [Fact]
    public void Run_WhatWasDoneFirst_IsSaid()
    {
        var settings = new ProjectionSettings { Method = ProjectionMethod.Umap, Standardize = true, Metric = DistanceMetric.Cosine, PcaFirst = 3, Neighbors = 500, Iterations = 20 };

        var notes = Projection.Run(Some, settings, Compute).Notes;

        Assert.Contains(notes, note => note.Contains("standard deviation 1", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("length 1", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("first 3 principal components", StringComparison.Ordinal) && note.Contains('%'));
        Assert.Contains(notes, note => note.Contains("neighbors was lowered from 500 to 120", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_FewVectorsAndNoPerplexity_LowersItAndSaysSo()
    {
        var result = Projection.Run(GaussianBlobs.Make(2, 10, 4, 4, seed: 22), new ProjectionSettings { Method = ProjectionMethod.Tsne, Iterations = 50 }, Compute);

        Assert.Contains(result.Notes, note => note.Contains("lowered from 30 to 6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca)]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_OnePoint_StandsAtTheOrigin(ProjectionMethod method)
    {
        var result = Projection.Run(new VectorTable(1, 3, [1, 2, 3]), new ProjectionSettings { Method = method, Perplexity = 30 }, Compute);

        Assert.Equal([0, 0], result.Coordinates.Values);
        Assert.Null(result.Trustworthiness);
        Assert.Single(result.Notes);
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca)]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_TwoPoints_StandAsFarApartAsTheyAre(ProjectionMethod method)
    {
        var result = Projection.Run(new VectorTable(2, 2, [0, 0, 3, 4]), new ProjectionSettings { Method = method, Dimensions = 3 }, Compute);

        Assert.Equal([2.5f, 0, 0, -2.5f, 0, 0], result.Coordinates.Values);
        Assert.Single(result.Notes);
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca)]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_EqualVectors_StandOnTopOfEachOtherAndItIsSaid(ProjectionMethod method)
    {
        var table = new VectorTable(50, 3);
        table.Values.AsSpan().Fill(0.1f);

        var result = Projection.Run(table, new ProjectionSettings { Method = method }, Compute);

        Assert.All(result.Coordinates.Values, value => Assert.Equal(0, value));
        Assert.Contains("equal", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_ThreeAndFourPointsAndOneColumn_AreFinite(ProjectionMethod method)
    {
        foreach (var rows in new[] { 3, 4, 5 })
        {
            var table = new VectorTable(rows, 1, [.. Enumerable.Range(0, rows).Select(row => (float)row)]);
            var result = Projection.Run(table, new ProjectionSettings { Method = method, Iterations = 50, PcaFirst = 50 }, Compute);
            Assert.All(result.Coordinates.Values, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Run_GivenCoordinates_AreJudgedAndNotChanged()
    {
        var table = Some;
        var given = new VectorTable(table.Rows, 2, [.. Enumerable.Range(0, table.Rows).SelectMany(row => table.Row(row)[..2].ToArray())]);

        var result = Projection.Run(table, new ProjectionSettings { Method = ProjectionMethod.Given, Given = given, PointQuality = true }, Compute);

        Assert.Same(given, result.Coordinates);
        Assert.InRange(result.Trustworthiness!.Value, 0.5, 1);
        Assert.Equal(table.Rows, result.PointPreservation!.Length);
    }

    [Fact]
    public void Run_AnIsometryGiven_IsPerfect()
    {
        var flat = GaussianBlobs.Make(3, 40, 2, 4, seed: 23);

        var result = Projection.Run(flat, new ProjectionSettings { Method = ProjectionMethod.Given, Given = flat }, Compute);

        Assert.Equal((1, 1), (result.Trustworthiness, result.Preservation));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_NumberThatIsNone_IsNamed(float value)
    {
        var table = Some;
        table.Row(17)[3] = value;

        var fault = Assert.Throws<VectorException>(() => Projection.Run(table, new ProjectionSettings(), Compute));

        Assert.Contains("Row 17, column 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GivenPlaceThatIsNone_IsNamed()
    {
        var given = new VectorTable(120, 2);
        given.Row(5)[1] = float.NaN;

        var fault = Assert.Throws<VectorException>(() => Projection.Run(Some, new ProjectionSettings { Method = ProjectionMethod.Given, Given = given }, Compute));

        Assert.Contains("row 5, column 1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca)]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_Watched_TellsStagesInOrderAndAShareThatNeverFalls(ProjectionMethod method)
    {
        var watcher = new Watcher();

        var result = Projection.Run(Some, new ProjectionSettings { Method = method, Iterations = 40, PcaFirst = 3, PointQuality = true }, Compute, watcher);

        Assert.Equal(method switch
        {
            ProjectionMethod.Pca => ["Reading", "Principal components", "Quality"],
            ProjectionMethod.Tsne => ["Reading", "Principal components", "Neighbours", "Affinities", "Layout", "Quality"],
            _ => ["Reading", "Principal components", "Neighbours", "Graph", "Layout", "Quality"],
        }, watcher.Told.Select(told => told.Stage).Distinct());
        Assert.Equal(watcher.Told.Select(told => told.Share).Order(), watcher.Told.Select(told => told.Share));
        Assert.Equal((1, 0), (watcher.Told[^1].Share, watcher.Told[^1].SecondsLeft));
        Assert.Equal(method == ProjectionMethod.Pca ? [] : [20, 40], watcher.Frames);
        if (method != ProjectionMethod.Pca) Assert.Equal(result.Coordinates.Values.Length, watcher.Last.Length);
    }

    [Theory]
    [InlineData(ProjectionMethod.Tsne)]
    [InlineData(ProjectionMethod.Umap)]
    public void Run_CancelledWhilePointsMove_Stops(ProjectionMethod method)
    {
        using var source = new CancellationTokenSource();
        var watcher = new Watcher { AtFrame = source.Cancel };

        Assert.ThrowsAny<OperationCanceledException>(() => Projection.Run(Some, new ProjectionSettings { Method = method, Iterations = 1000 }, Compute with { Cancellation = source.Token }, watcher));
        Assert.Equal([20], watcher.Frames);
    }

    [Theory]
    [InlineData("dims", 4, null, null, null, ProjectionMethod.Umap)]
    [InlineData("dims", 3, null, null, null, ProjectionMethod.Pca)]
    [InlineData("perplexity", 2, 4.0, null, null, ProjectionMethod.Tsne)]
    [InlineData("perplexity", 2, 0.5, null, null, ProjectionMethod.Tsne)]
    [InlineData("perplexity", 2, double.NaN, null, null, ProjectionMethod.Tsne)]
    [InlineData("neighbors", 2, null, 1, null, ProjectionMethod.Umap)]
    [InlineData("min_dist", 2, null, null, 1.5, ProjectionMethod.Umap)]
    [InlineData("min_dist", 2, null, null, double.NaN, ProjectionMethod.Umap)]
    [InlineData("coordinates", 2, null, null, null, ProjectionMethod.Given)]
    public void Check_SettingThatCannotBe_IsNamed(string field, int dimensions, double? perplexity, int? neighbors, double? minDistance, ProjectionMethod method)
    {
        var settings = new ProjectionSettings { Method = method, Dimensions = dimensions, Perplexity = perplexity, Neighbors = neighbors, MinDistance = minDistance };

        // Twelve vectors of two numbers.
        Assert.Equal(field, Assert.Single(Projection.Faults(12, 2, settings)).Field);
        Assert.StartsWith(field, Assert.Throws<VectorException>(() => Projection.Check(12, 2, settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_PerplexityTooLarge_NamesTheLargestThatWorks()
    {
        foreach (var rows in Enumerable.Range(4, 40))
        {
            var fault = Assert.Single(Projection.Faults(rows, 9, new ProjectionSettings { Method = ProjectionMethod.Tsne, Perplexity = rows / 3.0 }));
            var works = int.Parse(fault.Message.Split(": ")[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Empty(Projection.Faults(rows, 9, new ProjectionSettings { Method = ProjectionMethod.Tsne, Perplexity = works }));
            Assert.NotEmpty(Projection.Faults(rows, 9, new ProjectionSettings { Method = ProjectionMethod.Tsne, Perplexity = works + 1 }));
        }
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca, null)]
    [InlineData(ProjectionMethod.Tsne, 20)]
    [InlineData(ProjectionMethod.Umap, 20)]
    [InlineData(ProjectionMethod.Umap, null)]
    public void MemoryBytes_IsAtLeastWhatARunHolds(ProjectionMethod method, int? pcaFirst)
    {
        var table = Made.Normal(6000, 60, seed: 24);
        var settings = new ProjectionSettings { Method = method, PcaFirst = pcaFirst, Iterations = 20, PointQuality = true };
        var watcher = new Watcher();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Projection.Run(table, settings, Compute, watcher);

        Assert.InRange(watcher.MostBytes - before, 0, Projection.MemoryBytes(6000, 60, settings));
    }

    [Theory]
    [InlineData(ProjectionMethod.Pca, null, 0.1)]
    [InlineData(ProjectionMethod.Umap, 50, 0.5)]
    [InlineData(ProjectionMethod.Umap, null, 1.5)]
    // Ninety neighbours of each weigh as much as the vectors; their symmetric probabilities, at worst, twice as much, and twice while they are put in order.
    [InlineData(ProjectionMethod.Tsne, 50, 1.75)]
    public void MemoryBytes_OfAMillionMappedVectorsOf768_IsASmallMultipleOfTheData(ProjectionMethod method, int? pcaFirst, double most)
    {
        const long Data = 1_000_000L * 768 * sizeof(float);

        Assert.InRange(Projection.MemoryBytes(1_000_000, 768, new ProjectionSettings { Method = method, PcaFirst = pcaFirst }), 1, (long)(Data * most));
    }

    private sealed class Watcher : IProjectionObserver
    {
        public List<ProjectionProgress> Told { get; } = [];

        public List<int> Frames { get; } = [];

        public float[] Last { get; private set; } = [];

        public long MostBytes { get; private set; }

        public Action AtFrame { get; init; } = () => { };

        public void Advance(ProjectionProgress progress)
        {
            Told.Add(progress);
            // Without a collection what was dropped may still be counted; that is on the safe side of the test.
            MostBytes = Math.Max(MostBytes, GC.GetTotalMemory(forceFullCollection: Told.Count % 10 == 0));
        }

        public bool Wants(int iteration, int iterations) => iteration % 20 == 0;

        public void Show(int iteration, int iterations, VectorTable coordinates)
        {
            Frames.Add(iteration);
            Last = [.. coordinates.Values];
            AtFrame();
        }
    }
}
