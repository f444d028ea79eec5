using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

public sealed class SliceTests
{
    private static readonly LandscapeGrid Grid = new(new(-1, 1, 9), new(-2, 2, 7));

    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 3, 0)]
    [InlineData(1, -1, 0, 0)]
    [InlineData(-1, -1, 0, 0)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(0, 0, 0, 1)]
    public void Quadratic_IsConvexEverywhereOrNowhere(double xx, double yy, double xy, double share)
    {
        var slice = SliceConvexity.Measure(Grid, Losses((x, y) => 5 + xx * x * x + yy * y * y + xy * x * y));

        Assert.Equal((share, 35, 0), (slice.Share, slice.Points, slice.Skipped));
    }

    [Fact]
    public void Cubic_IsConvexOnOneSide()
    {
        // The middle column of seven has no curvature, which is none downwards.
        Assert.Equal(4.0 / 7, SliceConvexity.Measure(Grid, Losses((x, y) => x * x * x + y * y)).Share);
        Assert.Equal((4, 7), Counts(SliceConvexity.Measure(new(new(-1, 1, 9)), [.. new GridAxis(-1, 1, 9).Values().Select(x => x * x * x)])));
    }

    [Fact]
    public void Corner_ThatIsNotFinite_IsLeftOut()
    {
        var losses = Losses((x, y) => x * x + y * y);
        (losses[0], losses[^1]) = (double.NaN, double.PositiveInfinity);

        var slice = SliceConvexity.Measure(Grid, losses);

        Assert.Equal((1, 33, 2), (slice.Share, slice.Points, slice.Skipped));
    }

    [Fact]
    public void Nothing_ToJudge_IsNaN()
    {
        Assert.True(double.IsNaN(SliceConvexity.Measure(new(new(0, 1, 2), new(0, 1, 2)), [1, 2, 3, 4]).Share));
        Assert.True(double.IsNaN(SliceConvexity.Measure(new(new(0, 1, 3)), [1, double.NaN, 3]).Share));
        Assert.Throws<ArgumentOutOfRangeException>(() => SliceConvexity.Measure(Grid, [1, 2]));
    }

    [Fact]
    public void Rounding_OfAFlatSlice_IsNoCurvature()
    {
        // Losses that differ in their seventh digit, as float32 sums do.
        var losses = Losses((x, y) => 2.3 + 2e-7 * Math.Sin(50 * x + 70 * y));

        Assert.Equal(1, SliceConvexity.Measure(Grid, losses).Share);
    }

    [Theory]
    [InlineData(9, 1, 0, PointKind.Minimum)]
    [InlineData(9, 1e-5, 0, PointKind.FlatMinimum)]
    [InlineData(9, 1, 2, PointKind.FlatMinimum)]
    [InlineData(9, -1, 0, PointKind.Saddle)]
    [InlineData(9, -1, 2, PointKind.FlatMinimum)]
    [InlineData(1e-5, -9, 0, PointKind.FlatMaximum)]
    [InlineData(-1, -9, 0, PointKind.Maximum)]
    [InlineData(0, 0, 0, PointKind.Flat)]
    [InlineData(double.NaN, 0, 0, PointKind.Unknown)]
    public void Point_IsNamedByTheSignsOfBothEnds(double largest, double smallest, double residual, PointKind kind)
    {
        var named = PointCurvature.Classify(new SpectrumEnds([new(largest, 0, [])], [new(smallest, residual, [])], 1, true));

        Assert.Equal(kind, named.Kind);
        Assert.Equal(kind == PointKind.Minimum ? largest / smallest : null, named.Condition);
    }

    [Fact]
    public void Point_WithoutAnEnd_IsRefused()
    {
        Assert.Throws<TorchInputException>(() => PointCurvature.Classify(new SpectrumEnds([new(1, 0, [])], [], 1, true)));
    }

    [Fact]
    public void Subset_IsSeeded_AndWithinEveryLargerOne()
    {
        var small = SampleSubset.Choose(1000, 20, 7);

        Assert.Equal(small, SampleSubset.Choose(1000, 20, 7));
        Assert.Equal(small, small.Order().Distinct());
        Assert.Equal(20, small.Count);
        Assert.Subset(SampleSubset.Choose(1000, 100, 7).ToHashSet(), small.ToHashSet());
        Assert.NotEqual(small, SampleSubset.Choose(1000, 20, 8));
        Assert.Equal(Enumerable.Range(0, 5), SampleSubset.Choose(5, 9));
        // The mean of 400 of 0…9,999 is within five of its standard errors (10,000/√12/√400).
        Assert.Equal(5000, SampleSubset.Choose(10_000, 400).Average(), 5 * 144.3);
    }

    [Fact]
    public void Take_CopiesWholeSamples()
    {
        var tensor = new TensorData(TensorType.Int16, [3, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        var part = tensor.Take([2, 0]);

        Assert.Equal([2L, 1, 2], part.Shape);
        Assert.Equal([9, 10, 11, 12, 1, 2, 3, 4], part.Bytes);
        Assert.Throws<TorchInputException>(() => tensor.Take([3]));
        Assert.Throws<TorchInputException>(() => new TensorData(TensorType.UInt8, [], [1]).Take([0]));
    }

    private static (int, int) Counts(SliceConvexity slice) => (slice.Convex, slice.Points);

    private static double[] Losses(Func<double, double, double> loss)
    {
        var losses = new double[Grid.Points];
        var pairs = Grid.Coordinates(0, Grid.Points);
        for (var i = 0; i < losses.Length; i++) losses[i] = loss(pairs[2 * i], pairs[2 * i + 1]);
        return losses;
    }
}
