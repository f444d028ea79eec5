namespace Dashboard.Torch.Tests;

/// <summary>Rewritten graphs and factored first layers against the module's own forward.</summary>
[Collection(TorchGroup.Name)]
public sealed class EvaluationTests(TorchFixture torch)
{
    // Float32 in another order; the engine promises 2e-6 of the loss.
    private const double Rounding = 2e-6;

    [Theory]
    [InlineData("wide", "wide")]
    [InlineData("wide_traced", "wide")]
    [InlineData("wide_shared", "wide")]
    [InlineData("first_plain", "first")]
    [InlineData("first_plain_traced", "first")]
    [InlineData("first_strided", "first")]
    [InlineData("first_strided_traced", "first")]
    [InlineData("first_grouped", "first")]
    [InlineData("first_grouped_traced", "first")]
    [InlineData("first_dilated", "first")]
    [InlineData("first_unbiased", "first")]
    [InlineData("first_unbiased_traced", "first")]
    public void WideFirstLayer_IsFactored_WithTheSameLosses(string name, string batch)
    {
        Assert.True(Agrees(name, batch));
    }

    [Theory]
    [InlineData("wide_late", "wide")]
    [InlineData("wide_inner", "wide")]
    [InlineData("first_reflected", "first")]
    [InlineData("residual", "residual")]
    [InlineData("residual_traced", "residual")]
    [InlineData("viewed", "residual")]
    [InlineData("mlp", "mlp")]
    [InlineData("lstm", "lstm")]
    [InlineData("cnn", "cnn")]
    public void AnyOtherModel_IsNotFactored_WithTheSameLosses(string name, string batch)
    {
        Assert.False(Agrees(name, batch));
    }

    [Fact]
    public void Float64_Factored_AgreesToItsRounding()
    {
        using var model = torch.Model("relu");
        using var batch = torch.Batch("relu_batch");
        var weights = model.Read();
        var plane = new WeightPlane(weights, Directions.Random(model, weights, new(4)), Directions.Random(model, weights, new(4, Axis: 1)));

        var (fastest, _) = Compute(model, batch, plane, new(LossKind.CrossEntropy, BatchSize: 20));
        var (asWritten, _) = Compute(model, batch, plane, new(LossKind.CrossEntropy, BatchSize: 20) { Evaluation = EvaluationPath.AsWritten });

        // Some hundred operations of 1e-16 each.
        for (var i = 0; i < fastest.Length; i++) Assert.Equal(asWritten[i], fastest[i], 1e-13);
    }

    [Fact]
    public void Interpolation_Factored_HasTheLossesOfBothEnds()
    {
        using var model = torch.Model("wide");
        using var other = torch.Model("wide_traced");
        using var batch = torch.Batch("wide_batch");
        var objective = new Objective(LossKind.CrossEntropy, BatchSize: 64);
        var plane = Directions.Between(model.Read(), other.Read());

        var (losses, factored) = Compute(model, batch, plane, objective, new(new(0, 1, 5)));

        Assert.True(factored);
        Assert.Equal(model.Evaluate(batch, objective).Loss, losses[0], Rounding * losses[0]);
        Assert.Equal(other.Evaluate(batch, objective).Loss, losses[4], Rounding * losses[4]);
    }

    [Fact]
    public void Overflow_AlongOneDirection_LeavesTheOtherAlone()
    {
        using var model = torch.Model("wide");
        using var batch = torch.Batch("wide_batch");
        var weights = model.Read();
        var endless = new double[model.ParameterCount];
        Array.Fill(endless, 1e38);

        var (losses, _) = Compute(model, batch, new(weights, weights.Parameters, endless), new(LossKind.CrossEntropy), new(new(-1, 1, 3), new(0, 1, 2)));

        Assert.All(losses[..3], loss => Assert.True(double.IsFinite(loss)));
        Assert.All(losses[3..], loss => Assert.False(double.IsFinite(loss)));
    }

    [Fact]
    public void BatchSizes_ChangeNothingBeyondRounding()
    {
        using var model = torch.Model("residual");
        using var batch = torch.Batch("residual_batch");

        var whole = model.Evaluate(batch, new(LossKind.CrossEntropy)).Loss;

        foreach (var size in new[] { 1, 7, 44 }) Assert.Equal(whole, model.Evaluate(batch, new(LossKind.CrossEntropy, BatchSize: size)).Loss, Rounding * whole);
    }

    [Theory]
    [InlineData("residual", EvaluationPath.Fastest)]
    [InlineData("residual", EvaluationPath.AsWritten)]
    [InlineData("residual_traced", EvaluationPath.Fastest)]
    public void RecomputedStatistics_AreTheBatchsOwn(string name, EvaluationPath evaluation)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch("residual_batch");
        var objective = new Objective(LossKind.CrossEntropy, BatchSize: 8) { BatchNorm = BatchNormStatistics.Recomputed, Evaluation = evaluation };
        var before = model.Read();

        var recomputed = model.Evaluate(batch, objective).Loss;
        var gradient = new double[model.ParameterCount];
        var loss = model.Gradient(batch, objective, gradient);

        // Python's in float64, with its BatchNorm modules training and everything else evaluating.
        var expected = torch.References.GetProperty("statistics").GetDouble();
        Assert.Equal(expected, recomputed, Rounding * expected);
        Assert.Equal(expected, loss, Rounding * expected);
        var slope = torch.References.GetProperty("statistics_gradient").GetProperty("gradient").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        // Float32 through normalised layers: relative to the whole vector.
        Assert.InRange(Math.Sqrt(slope.Zip(gradient, (a, b) => (a - b) * (a - b)).Sum() / slope.Sum(value => value * value)), 0, 1e-5);
        Assert.Equal(before.Buffers, model.Read().Buffers);
        Assert.NotEqual(expected, model.Evaluate(batch, objective with { BatchNorm = BatchNormStatistics.Stored }).Loss, 1e-3);
    }

    /// <summary>Compares a grid computed in the fastest way with the module's own; true where it was factored.</summary>
    private bool Agrees(string name, string batchName)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch($"{batchName}_batch");
        var weights = model.Read();
        WeightPlane Plane(bool scaleVectors) => new(
            weights, Directions.Random(model, weights, new(4, ScaleVectors: scaleVectors)), Directions.Random(model, weights, new(4, Axis: 1, ScaleVectors: scaleVectors)));

        var factored = false;
        foreach (var scaleVectors in new[] { false, true })
        {
            var plane = Plane(scaleVectors);
            var objective = new Objective(LossKind.CrossEntropy, BatchSize: 16);
            (var fastest, factored) = Compute(model, batch, plane, objective);
            var (unfactored, no) = Compute(model, batch, plane, objective with { Evaluation = EvaluationPath.Unfactored });
            var (asWritten, never) = Compute(model, batch, plane, objective with { Evaluation = EvaluationPath.AsWritten });
            Assert.False(no || never);
            for (var i = 0; i < fastest.Length; i++)
            {
                Assert.Equal(asWritten[i], unfactored[i], Rounding * asWritten[i]);
                Assert.Equal(asWritten[i], fastest[i], Rounding * asWritten[i]);
            }
        }
        return factored;
    }

    private static (double[] Losses, bool Factored) Compute(ITorchModel model, ITorchBatch batch, WeightPlane plane, Objective objective, LandscapeGrid? grid = null)
    {
        grid ??= new(new(-1, 1, 5), new(0, 0.5, 3), 4);
        var losses = new double[grid.Points];
        var heard = new Heard<LandscapeProgress>();
        var result = LandscapeEngine.Compute(new() { Model = model, Batch = batch, Objective = objective, Plane = plane, Grid = grid, Workers = 2 }, heard);
        foreach (var tile in heard.All.Select(progress => progress.Tile).OfType<LandscapeTile>()) tile.Loss.CopyTo(losses, tile.First);
        return (losses, result.Factored);
    }
}
