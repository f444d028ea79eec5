namespace Dashboard.Analysis.Tests;

public sealed class TsneRepulsionTests : IDisposable
{
    private readonly PhaseTeam _team = new(new ComputeOptions { Threads = 2 });

    public void Dispose() => _team.Dispose();

    private TsneSpace Points(int count, int dimensions, double extent, int seed = 4)
    {
        var space = new TsneSpace(count, dimensions);
        Scatter(space, extent, seed);
        return space;
    }

    private void Scatter(TsneSpace space, double extent, int seed = 4)
    {
        var random = new Random(seed);
        for (var dimension = 0; dimension < space.Dimensions; dimension++)
        {
            foreach (ref var position in space.Positions[dimension].Span[..space.Points]) position = (float)(extent * (random.NextDouble() + random.NextDouble() - 1));
        }
        space.Pack(0, space.Points);
        // Finds the bounds.
        _ = new TsneDescent<WideAny>(space, _team);
    }

    private static (double Z, double[] Forces) Take(TsneSpace space, ITsneRepulsion repulsion)
    {
        var z = repulsion.Compute();
        return (z, [.. space.Repulsion.SelectMany(forces => forces.Span[..space.Points].ToArray()).Select(force => (double)force)]);
    }

    private static double Apart((double Z, double[] Forces) a, (double Z, double[] Forces) b)
    {
        var apart = Math.Sqrt(a.Forces.Zip(b.Forces, (x, y) => (x - y) * (x - y)).Sum() / b.Forces.Sum(y => y * y));
        return Math.Max(apart, Math.Abs(a.Z - b.Z) / b.Z);
    }

    private static double Divergence(TsneAffinities affinities, double[][] points)
    {
        var count = points[0].Length;
        double Q(int i, int j) => 1 / (1 + points.Sum(line => (line[i] - line[j]) * (line[i] - line[j])));
        double z = 0, sum = 0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) z += i == j ? 0 : Q(i, j);
        }
        for (var i = 0; i < count; i++)
        {
            for (var at = affinities.Starts[i]; at < affinities.Starts[i + 1]; at++)
            {
                double p = affinities.Values.Span[at];
                if (p > 0) sum += p * Math.Log(p / (Q(i, affinities.Columns.Span[at]) / z));
            }
        }
        return sum;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Forces_SomePoints_AreTheGradientOfTheDivergence(int dimensions)
    {
        var space = Points(90, dimensions, 3);
        var neighbors = NearestNeighbors.Find(Made.Normal(90, 5, 8), 60, new NeighborOptions(), new ComputeOptions());
        var affinities = TsneAffinities.Of(neighbors, 20, [.. Enumerable.Range(0, 90)], _team);
        var points = space.Positions.Select(line => line.Span[..90].ToArray().Select(x => (double)x).ToArray()).ToArray();

        var (z, push) = Take(space, new TsneExactRepulsion<WideAny>(space, _team));
        TsneAttraction<WideAny>.Compute(space, affinities, 0, 90);

        var divergence = TsneAttraction<WideAny>.Divergence(space, affinities, 0, 90) + Math.Log(z);
        Assert.Equal(Divergence(affinities, points), divergence, 1e-6);
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            for (var point = 0; point < 90; point++)
            {
                // Central differences in float64: their own error is some 1e-10.
                const double step = 1e-4;
                var line = points[dimension];
                var at = line[point];
                line[point] = at + step;
                var above = Divergence(affinities, points);
                line[point] = at - step;
                var below = Divergence(affinities, points);
                line[point] = at;
                var gradient = 4 * (space.Attraction[dimension].Span[point] - push[dimension * 90 + point] / z);
                Assert.Equal((above - below) / (2 * step), gradient, 1e-7);
            }
        }
    }

    // Forces and Z are compared by their root mean square. Dense pictures are spread over a few grid points and come out best; in the sparsest, where a point feels
    // few others and half a grid spacing of its nearest is what counts, the error is largest.
    [Theory]
    [InlineData(1e-4, 1e-4)]
    [InlineData(.1, 1e-4)]
    [InlineData(2, 1e-3)]
    [InlineData(20, 1e-3)]
    [InlineData(80, 4e-3)]
    public void Interpolation_PictureOfAnySize_AgreesWithTheExactForces(double extent, double tolerance)
    {
        var space = Points(3000, 2, extent);
        var exact = Take(space, new TsneExactRepulsion<WideAny>(space, _team));

        var error = Apart(Take(space, new TsneGrid<WideAny>(space, _team)), exact);

        Assert.InRange(error, 0, tolerance);
    }

    [Fact]
    public void Interpolation_PictureThatGrowsAndShrinks_ChangesItsGrid()
    {
        var space = Points(400, 2, 1e-3);
        var grid = new TsneGrid<WideAny>(space, _team);
        foreach (var extent in (double[])[1e-3, .5, 30, 33, 12, .01])
        {
            Scatter(space, extent);

            Assert.InRange(Apart(Take(space, grid), Take(space, new TsneExactRepulsion<WideAny>(space, _team))), 0, 4e-3);
        }
    }

    // Nodes half as long as they are far count as one point: in clouds whose forces partly cancel, a few hundredths.
    [Theory]
    [InlineData(2, 1e-4)]
    [InlineData(2, 2)]
    [InlineData(2, 40)]
    [InlineData(3, 1e-4)]
    [InlineData(3, 2)]
    [InlineData(3, 20)]
    public void BarnesHut_PictureOfAnySize_AgreesWithTheExactForces(int dimensions, double extent)
    {
        var space = Points(3000, dimensions, extent);
        var exact = Take(space, new TsneExactRepulsion<WideAny>(space, _team));

        var error = Apart(Take(space, new TsneBarnesHut<WideAny>(space, _team)), exact);

        Assert.InRange(error, 1e-7, 2e-2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void BarnesHut_PointsAtOnePlace_HaveNoForces(int dimensions)
    {
        var space = Points(500, dimensions, 0);

        var (z, forces) = Take(space, new TsneBarnesHut<WideAny>(space, _team));

        Assert.Equal(500 * 499, z, 1e-2);
        Assert.All(forces, force => Assert.Equal(0, force));
    }

    [Fact]
    public void Interpolation_PointsAtOnePlace_HaveNoForces()
    {
        var space = Points(50, 2, 0);

        var (z, forces) = Take(space, new TsneGrid<WideAny>(space, _team));

        Assert.Equal(50 * 49, z, 1e-2);
        Assert.All(forces, force => Assert.Equal(0, force, 1e-4));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyWidth_SamePoints_GivesTheSameButForRounding(int dimensions)
    {
        if (!Tsne.Widest) return;
        var space = Points(1000, dimensions, 10);
        var affinities = TsneAffinities.Of(NearestNeighbors.Find(Made.Normal(1000, 5, 8), 60, new NeighborOptions(), new ComputeOptions()), 20, [.. Enumerable.Range(0, 1000)], _team);
        double[] Pull() => [.. space.Attraction.SelectMany(line => line.Span.ToArray()).Select(x => (double)x)];

        // Inverses by estimate, and sums in another order.
        Assert.InRange(Apart(Take(space, new TsneExactRepulsion<Wide512>(space, _team)), Take(space, new TsneExactRepulsion<WideAny>(space, _team))), 0, 1e-5);
        Assert.InRange(Apart(Take(space, new TsneBarnesHut<Wide512>(space, _team)), Take(space, new TsneBarnesHut<WideAny>(space, _team))), 0, 1e-5);
        if (dimensions == 2) Assert.InRange(Apart(Take(space, new TsneGrid<Wide512>(space, _team)), Take(space, new TsneGrid<WideAny>(space, _team))), 0, 1e-5);
        TsneAttraction<Wide512>.Compute(space, affinities, 0, 1000);
        var wide = Pull();
        TsneAttraction<WideAny>.Compute(space, affinities, 0, 1000);
        Assert.InRange(Apart((1, wide), (1, Pull())), 0, 1e-5);
    }
}
