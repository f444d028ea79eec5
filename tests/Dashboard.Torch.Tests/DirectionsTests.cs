namespace Dashboard.Torch.Tests;

public sealed class DirectionsTests
{
    private static readonly FakeModel Model = new(("conv", [3, 2, 2, 2]), ("bias", [3]), ("linear", [4, 5]));

    private static readonly TorchWeights Weights = Drawn(9, Model.ParameterCount);

    [Fact]
    public void Random_Filter_GivesEachFilterTheWeightsNorm()
    {
        var direction = Directions.Random(Model, Weights, new RandomDirection(1));

        foreach (var (first, length) in Filters())
        {
            // 1e-9: the definition adds 1e-10 to a norm of about one.
            Assert.Equal(Norm(Weights.Parameters, first, length), Norm(direction, first, length), 1e-9);
        }
        Assert.All(direction[24..27], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Random_Layer_GivesEachParameterTheWeightsNorm()
    {
        var direction = Directions.Random(Model, Weights, new RandomDirection(1, Scale: DirectionScale.Layer));

        Assert.Equal(Norm(Weights.Parameters, 0, 24), Norm(direction, 0, 24), 1e-9);
        Assert.Equal(Norm(Weights.Parameters, 27, 20), Norm(direction, 27, 20), 1e-9);
        Assert.NotEqual(Norm(Weights.Parameters, 0, 8), Norm(direction, 0, 8), 1e-3);
    }

    [Fact]
    public void Random_ScaledVectors_MoveLikeTheRest()
    {
        var direction = Directions.Random(Model, Weights, new RandomDirection(1, ScaleVectors: true));

        for (var i = 24; i < 27; i++) Assert.Equal(Math.Abs(Weights.Parameters[i]), Math.Abs(direction[i]), 1e-9);
    }

    [Fact]
    public void Random_None_IsStandardNormal()
    {
        var large = new FakeModel(("weight", [400, 500]));

        var direction = Directions.Random(large, large.Read(), new RandomDirection(3, Scale: DirectionScale.None));

        // Five standard errors of the mean and of the variance of 200,000 draws.
        Assert.Equal(0, direction.Average(), 5 / Math.Sqrt(200_000));
        Assert.Equal(1, direction.Sum(value => value * value) / 200_000, 5 * Math.Sqrt(2.0 / 200_000));
    }

    [Fact]
    public void Random_OneSeed_GivesOneDirection()
    {
        var first = Directions.Random(Model, Weights, new RandomDirection(4));

        Assert.Equal(first, Directions.Random(Model, Weights, new RandomDirection(4)));
        Assert.NotEqual(first, Directions.Random(Model, Weights, new RandomDirection(5)));
        Assert.NotEqual(first, Directions.Random(Model, Weights, new RandomDirection(4, Axis: 1)));
        // Worked out apart from this code: SplitMix64 and the polar method as published.
        Assert.Equal([0.50084814, -0.8727035], new[] { Draw(7, 0), Draw(7, 1) }.Select(value => Math.Round(value, 8)));
    }

    [Fact]
    public void Random_OnlyVectors_SaysWhatToDo()
    {
        var model = new FakeModel(("theta", [4]));

        var error = Assert.Throws<TorchInputException>(() => Directions.Random(model, model.Read(), new RandomDirection(1)));

        Assert.Contains("scaled like the rest", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orthogonalise_TwoDirections_LeavesARightAngle()
    {
        var x = Drawn(1, 50).Parameters;
        var y = Drawn(2, 50).Parameters;

        Directions.Orthogonalise(y, x);

        // Rounding of fifty products.
        Assert.Equal(0, x.Zip(y, (a, b) => a * b).Sum(), 1e-13);
        Assert.Throws<TorchInputException>(() => Directions.Orthogonalise([.. x.Select(value => -3 * value)], x));
    }

    [Fact]
    public void Pca_Circle_ExplainsHalfAndHalf()
    {
        var path = CheckpointPca.Compute(12, index => OnCircle(index, 40));

        Assert.Equal([0.5, 0.5], path.ExplainedVariance[..2].Select(share => Math.Round(share, 12)));
        Assert.All(path.ExplainedVariance[2..], share => Assert.Equal(0, share, 1e-12));
        Assert.Equal(new PathPoint(0, 0), path.Path[^1]);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(0, path.Residuals[i], 1e-12);
            Assert.Equal(2 * Math.Sin(Math.PI * (i + 1) / 12), double.Hypot(path.Path[i].X, path.Path[i].Y), 1e-12);
        }
    }

    [Fact]
    public void Pca_PathOutsideThePlane_HasItsDistance()
    {
        // A flat ring, with every second checkpoint lifted along an axis of its own by less than the ring is wide.
        double[] Read(int index)
        {
            var weights = OnCircle(index, 40);
            weights[30] = index % 2 == 0 ? 0.1 : 0;
            return weights;
        }

        var path = CheckpointPca.Compute(12, Read);

        for (var i = 0; i < 12; i++) Assert.Equal(i % 2 == 0 ? 0.1 : 0, path.Residuals[i], 1e-12);
    }

    [Fact]
    public void Pca_TooLittle_IsRefused()
    {
        Assert.Throws<TorchInputException>(() => CheckpointPca.Compute(2, index => [index, 0, 0]));
        Assert.Contains("one line", Assert.Throws<TorchInputException>(() => CheckpointPca.Compute(4, index => [index, 2 * index, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("do not differ", Assert.Throws<TorchInputException>(() => CheckpointPca.Compute(4, _ => [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Null(CheckpointPca.Compute(4, index => [index, 2 * index, 0], plane: false).Y);
    }

    [Fact]
    public void Projection_ObliqueDirections_SolvesLeastSquares()
    {
        var projection = new PathProjection([1, 1, 1], [2, 0, 0], [1, 1, 0]);

        var (point, residual) = projection.Project([1 + (2 * 3) - 4, 1 - 4, 1 + 5]);

        Assert.Equal((3, -4), (Math.Round(point.X, 12), Math.Round(point.Y, 12)));
        Assert.Equal(5, residual, 1e-12);
    }

    [Fact]
    public void RandomWalk_Shares_AreThoseOfTheTheory()
    {
        Assert.Equal([0.608, 0.152, 0.068], new[] { 1, 2, 3 }.Select(component => Math.Round(PcaPath.RandomWalkVariance(component), 3)));
    }

    private static double[] OnCircle(int index, int size)
    {
        var weights = new double[size];
        Array.Fill(weights, 0.25);
        weights[3] += Math.Cos(2 * Math.PI * index / 12);
        weights[17] += Math.Sin(2 * Math.PI * index / 12);
        return weights;
    }

    private static double Draw(ulong seed, int stream) => new SeededNormal(seed, stream).Next();

    private static TorchWeights Drawn(ulong seed, int count)
    {
        var values = new double[count];
        new SeededNormal(seed, 0).Fill(values);
        return new TorchWeights(values, []);
    }

    private static IEnumerable<(int First, int Length)> Filters()
    {
        for (var i = 0; i < 3; i++) yield return (8 * i, 8);
        for (var i = 0; i < 4; i++) yield return (27 + 5 * i, 5);
    }

    private static double Norm(double[] values, int first, int length) => Math.Sqrt(values.Skip(first).Take(length).Sum(value => value * value));
}
