using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis.Tests;

public sealed class UmapTests
{
    private static readonly ComputeOptions Compute = new() { Threads = 2 };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(5)]
    public void Embed_OneTwoAndSevenThreads_GiveTheSameBits(int dimensions)
    {
        // Three blocks, so that there is something to race for.
        var neighbors = GaussianBlobs.Neighbors(GaussianBlobs.Make(4, 650, 3, 2, seed: 4), 8);
        var options = new UmapOptions { Dimensions = dimensions, Epochs = 30, Seed = 5 };

        var one = Umap.Embed(neighbors, options, new ComputeOptions { Threads = 1 });

        Assert.All(one.Coordinates.Values, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(one.Coordinates.Values, Umap.Embed(neighbors, options, new ComputeOptions { Threads = 2 }).Coordinates.Values);
        Assert.Equal(one.Coordinates.Values, Umap.Embed(neighbors, options, new ComputeOptions { Threads = 7 }).Coordinates.Values);
        Assert.NotEqual(one.Coordinates.Values, Umap.Embed(neighbors, options with { Seed = 6 }, Compute).Coordinates.Values);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Layout_InWideRegistersAndInOthers_GivesTheSameBits(int dimensions)
    {
        var graph = FuzzyGraph.Of(GaussianBlobs.Neighbors(GaussianBlobs.Make(3, 500, 3, 2, seed: 7), 8), Compute);
        var (start, _) = SpectralStart.Of(graph, GraphComponents.Of(graph), dimensions, 1, Compute);

        float[] Run(bool wide)
        {
            var layout = new UmapLayout(LayoutPlan.Of(graph, start, dimensions, 512, Compute), start, new UmapForces(1.57694, 0.89506), new UmapOptions { Dimensions = dimensions }, Compute) { Wide = wide };
            for (var epoch = 1; epoch <= 20; epoch++) layout.Epoch(epoch, 20);
            var coordinates = new float[start.Length];
            layout.Read(20, coordinates);
            return coordinates;
        }

        // Where the processor has no registers of sixteen both are the same way.
        Assert.Equal(Run(false), Run(WideLayoutSteps.IsSupported));
    }

    [Theory]
    [InlineData(0.895)]
    [InlineData(0.3)]
    [InlineData(1.9)]
    public void Power_OverManyOrders_IsRightToOneInAMillion(double b)
    {
        var forces = new UmapForces(1, b);
        for (var exponent = -30.0; exponent < 30; exponent += 0.0137)
        {
            var x = (float)Math.Pow(2, exponent);
            // One in a million of the polynomials, and what the logarithm and its product with b are rounded by as floats.
            var (right, tolerance) = (Math.Pow(x, b), 1e-6 + 1.2e-7 * b * Math.Abs(exponent));
            Assert.InRange(Math.Abs(forces.Power(new Vector<float>(x))[0] / right - 1), 0, tolerance);
            Assert.Equal(forces.Power(new Vector<float>(x))[0], forces.Power(Vector512.Create(x))[0]);
        }
    }

    [Fact]
    public void Embed_Blobs_KeepsThemTogether()
    {
        var table = GaussianBlobs.Make(4, 100, 10, 4, seed: 8);

        var result = Umap.Embed(GaussianBlobs.Neighbors(table, Umap.NeighborsFor(15)), new UmapOptions(), Compute);

        Assert.Equal((1.57694, 0.89506, 500), (Math.Round(result.A, 5), Math.Round(result.B, 5), result.Epochs));
        var nearest = GaussianBlobs.Neighbors(result.Coordinates, 10);
        var same = Enumerable.Range(0, 400).Average(row => nearest.IndicesOf(row).ToArray().Average(other => other / 100 == row / 100 ? 1.0 : 0));
        Assert.True(same > 0.99, $"{same} of the neighbours are of the same blob.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Embed_ARowThatEverybodyIsNearTo_TakesAllItsEdges(bool wide)
    {
        // A wheel: the hub has more edges in an epoch than are listed at once.
        const int Rim = 3 * LayoutScratch.Steps;
        var graph = FuzzyGraph.Union(Rim + 1, 1, [.. Enumerable.Range(0, Rim).Select(_ => Rim), 0], [.. Enumerable.Repeat(1f, Rim + 1)], Compute);
        var start = Made.Normal(Rim + 1, 2, seed: 12).Values;
        // Steps so small that all edges pull in turn and nothing swings.
        var options = new UmapOptions { NegativeSamples = 0, LearningRate = 1e-4 };
        var layout = new UmapLayout(LayoutPlan.Of(graph, start, 2, 2 * Rim, Compute), start, new UmapForces(1.57694, 0.89506), options, Compute) { Wide = wide && WideLayoutSteps.IsSupported };

        layout.Epoch(1, 1000);

        var places = new float[start.Length];
        layout.Read(1, places);
        var moved = Enumerable.Range(0, Rim).Count(row => places[2 * row] != start[2 * row] || places[2 * row + 1] != start[2 * row + 1]);
        Assert.Equal(Rim, moved);
        Assert.True(GaussianBlobs.Distance(new VectorTable(Rim + 1, 2, places), Rim, 0) < 10);
    }

    [Fact]
    public void Embed_OnePoint_StandsAtTheOrigin()
    {
        var result = Umap.Embed(new NeighborTable(1, 0, [], [], exact: true), new UmapOptions(), Compute);

        Assert.Equal([0, 0], result.Coordinates.Values);
        Assert.Equal((UmapStart.Random, 1), (result.Start, result.Components));
    }

    [Fact]
    public void Embed_TwoPoints_StandApart()
    {
        var result = Umap.Embed(new NeighborTable(2, 1, [1, 0], [3, 3], exact: true), new UmapOptions(), Compute);

        // Where pull and push are even is a matter of chance with two; what counts is that they neither meet nor part.
        Assert.InRange(GaussianBlobs.Distance(result.Coordinates, 0, 1), 1e-3, 20);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Embed_EqualVectors_GivesFinitePlaces(int rows)
    {
        var neighbors = GaussianBlobs.Neighbors(new VectorTable(rows, 2), Math.Min(14, rows - 1));

        var result = Umap.Embed(neighbors, new UmapOptions(), Compute);

        Assert.All(result.Coordinates.Values, value => Assert.True(float.IsFinite(value)));
        Assert.True(result.Coordinates.Values.Distinct().Count() > rows);
    }

    [Fact]
    public void Embed_PartsThatNothingConnects_AreCounted()
    {
        var neighbors = GaussianBlobs.Neighbors(GaussianBlobs.Make(3, 20, 2, 1000, seed: 9), 5);

        Assert.Equal(3, Umap.Embed(neighbors, new UmapOptions { Epochs = 20 }, Compute).Components);
    }

    [Fact]
    public void Embed_Observed_ShowsWhatIsAskedForAndTheProgressNeverFalls()
    {
        var observer = new EveryTenth();
        var heard = new List<double>();

        var result = Umap.Embed(GaussianBlobs.Neighbors(GaussianBlobs.Make(2, 50, 3, 3, seed: 10), 8), new UmapOptions { Epochs = 40 }, Compute with { Progress = new Hearing(heard) }, observer);

        Assert.Equal([10, 20, 30, 40], observer.Iterations);
        Assert.Equal(result.Coordinates.Values, observer.Last);
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(1, heard[^1]);
    }

    [Fact]
    public void Embed_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        var stop = new CancelAt(cancelled, 3);

        Assert.ThrowsAny<OperationCanceledException>(() => Umap.Embed(GaussianBlobs.Neighbors(GaussianBlobs.Make(2, 50, 3, 3, seed: 11), 8), new UmapOptions(), Compute with { Cancellation = cancelled.Token }, stop));
        Assert.Equal(3, stop.Last);
    }

    [Theory]
    [InlineData(0, 0.1, 5, "Dimensions")]
    [InlineData(2, 1.5, 5, "MinDistance")]
    [InlineData(2, double.NaN, 5, "MinDistance")]
    [InlineData(2, 0.1, -1, "NegativeSamples")]
    public void Embed_OptionOutOfRange_IsNamed(int dimensions, double minDistance, int negatives, string name)
    {
        var options = new UmapOptions { Dimensions = dimensions, MinDistance = minDistance, NegativeSamples = negatives };

        Assert.Contains(name, Assert.Throws<VectorException>(() => Umap.Embed(new NeighborTable(2, 1, [1, 0], [3, 3], exact: true), options, Compute)).Message, StringComparison.Ordinal);
    }

    private sealed class EveryTenth : IEmbeddingObserver
    {
        public List<int> Iterations { get; } = [];

        public float[] Last { get; private set; } = [];

        public bool Wants(int iteration, int iterations) => iteration % 10 == 0;

        public void Show(int iteration, int iterations, VectorTable coordinates)
        {
            Iterations.Add(iteration);
            Last = [.. coordinates.Values];
        }
    }

    private sealed class CancelAt(CancellationTokenSource source, int at) : IEmbeddingObserver
    {
        public int Last { get; private set; }

        public bool Wants(int iteration, int iterations)
        {
            Last = iteration;
            if (iteration == at) source.Cancel();
            return false;
        }

        public void Show(int iteration, int iterations, VectorTable coordinates)
        {
        }
    }

    private sealed class Hearing(List<double> heard) : IProgress<double>
    {
        public void Report(double value) => heard.Add(value);
    }
}
