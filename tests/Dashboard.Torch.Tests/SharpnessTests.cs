using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

[Collection(TorchGroup.Name)]
public sealed class SharpnessTests(TorchFixture torch)
{
    private static readonly Objective Objective = new(LossKind.Output);

    // Losses of about four in float32, and steps of weights of about one.
    private const double Rounding = 2e-6;

    [Fact]
    public void Quadratic_AlongItsGradient_RisesAsWorkedOut()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        var value = Sharpness.AlongGradient(model, batch, Objective);

        // g = Aθ = (4, −1, ½, 4.5): ρ‖g‖ + ½ρ²·gᵀAg/‖g‖².
        var square = 16 + 1 + 0.25 + 20.25;
        Assert.Equal(4.125, value.Loss);
        Assert.Equal(0.05 * Math.Sqrt(square) + 0.5 * 0.0025 * (64 + 1 + 0.0625 + 182.25) / square, value.Rise, Rounding);
        Assert.Equal([1, -1, 2, 0.5], model.Read().Parameters);
    }

    [Fact]
    public void Quadratic_WithinABox_RisesToItsCorner()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        var value = Sharpness.WithinBox(model, batch, Objective, 0.01);

        // Half widths 0.01·(2, 2, 3, 1.5): Σ|gᵢ|bᵢ + ½ΣAᵢbᵢ².
        Assert.Equal(0.1825 + 0.002125, value.Rise, Rounding);
        Assert.Equal(100 * 0.184625 / 5.125, value.RelativePercent, 100 * Rounding);
        Assert.Equal([1, -1, 2, 0.5], model.Read().Parameters);
    }

    [Fact]
    public void Minimum_HasNoGradient_AndStillABox()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");
        model.Write(model.Read() with { Parameters = new double[4] });

        Assert.Equal(0, Sharpness.AlongGradient(model, batch, Objective).Rise);
        // ½ΣA·ε²: the corner, from a place beside the minimum.
        Assert.Equal(0.5 * 14.25 * 0.0001, Sharpness.WithinBox(model, batch, Objective, 0.01).Rise, 1e-9);
    }

    [Fact]
    public void Loss_ThatIsNaN_IsNaN()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");
        model.Write(model.Read() with { Parameters = [double.NaN, 0, 0, 0] });

        Assert.True(double.IsNaN(Sharpness.AlongGradient(model, batch, Objective).Rise));
        Assert.True(double.IsNaN(Sharpness.WithinBox(model, batch, Objective).Rise));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Radius_ThatIsNone_IsRefused(double radius)
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        Assert.Throws<TorchInputException>(() => Sharpness.AlongGradient(model, batch, Objective, radius));
        Assert.Throws<TorchInputException>(() => Sharpness.WithinBox(model, batch, Objective, radius));
    }

    [Fact]
    public void Preview_HasTheLossOfItsSamples()
    {
        using var model = torch.Model("mlp");
        using var preview = torch.Runtime.LoadBatch(torch.PathOf("mlp_batch.safetensors"), samples: 50, seed: 3);
        using var all = torch.Runtime.LoadBatch(torch.PathOf("mlp_batch.safetensors"), samples: 1000);
        using var file = SafetensorsFile.Open(torch.PathOf("mlp_batch.safetensors"));
        var chosen = SampleSubset.Choose(203, 50, 3);
        using var byHand = torch.Runtime.CreateBatch(file.Read("inputs").Take(chosen), file.Read("targets").Take(chosen), null);
        var objective = new Objective(LossKind.CrossEntropy);

        Assert.Equal((50, 203), (preview.Samples, all.Samples));
        Assert.Equal(model.Evaluate(byHand, objective), model.Evaluate(preview, objective));
        Assert.NotEqual(model.Evaluate(all, objective), model.Evaluate(preview, objective));
    }
}
