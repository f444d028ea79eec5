namespace Dashboard.Torch.Tests;

[Collection(TorchGroup.Name)]
public sealed class CurvatureTests(TorchFixture torch)
{
    [Theory]
    [InlineData("mlp", LossKind.CrossEntropy)]
    [InlineData("cnn", LossKind.CrossEntropy)]
    [InlineData("lstm", LossKind.CrossEntropy)]
    [InlineData("tied", LossKind.Mse)]
    public void GradientAndProduct_AgainstPythonInFloat64_Agree(string name, LossKind loss)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch($"{name}_batch");
        var reference = torch.References.GetProperty($"{name}_gradient");
        var objective = new Objective(loss, BatchSize: 16);
        var vector = Numbers(reference.GetProperty("vector"));
        var gradient = new double[model.ParameterCount];
        var product = new double[model.ParameterCount];

        var value = model.Gradient(batch, objective, gradient);
        using (var hessian = model.OpenHessian(batch, objective)) hessian.Multiply(vector, product);

        // Float32 sums against float64 ones, relative to the whole vector.
        Assert.InRange(Distance(Numbers(reference.GetProperty("gradient")), gradient), 0, 1e-5);
        Assert.InRange(Distance(Numbers(reference.GetProperty("product")), product), 0, 1e-5);
        Assert.Equal(model.Evaluate(batch, objective).Loss, value, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 30)]
    public void Product_HoweverMuchIsKept_IsTheSame(long keepBytes)
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_batch");
        var objective = new Objective(LossKind.CrossEntropy, L2: 0.5, BatchSize: 32);
        var vector = Enumerable.Range(0, model.ParameterCount).Select(i => Math.Sin(i)).ToArray();
        double[] Product(long bytes)
        {
            var product = new double[model.ParameterCount];
            using var hessian = model.OpenHessian(batch, objective, bytes);
            hessian.Multiply(vector, product);
            hessian.Multiply(vector, product);
            return product;
        }

        Assert.Equal(Product(1 << 20), Product(keepBytes));
    }

    [Fact]
    public void Regulariser_AddsTwiceItsFactor()
    {
        using var model = torch.Model("linear");
        using var batch = torch.Batch("linear_batch");
        var vector = Enumerable.Range(0, 20).Select(i => Math.Cos(i)).ToArray();
        double[] Product(double l2)
        {
            var product = new double[20];
            using var hessian = model.OpenHessian(batch, new(LossKind.Mse, L2: l2));
            hessian.Multiply(vector, product);
            return product;
        }

        var (without, with) = (Product(0), Product(0.25));

        // Float32.
        for (var i = 0; i < 20; i++) Assert.Equal(without[i] + 0.5 * vector[i], with[i], 1e-5);
    }

    [Fact]
    public void LinearRegression_Spectrum_IsTheOneItWasBuiltWith()
    {
        using var model = torch.Model("linear");
        using var batch = torch.Batch("linear_batch");
        using var hessian = model.OpenHessian(batch, new(LossKind.Mse));

        var ends = Lanczos.Ends(hessian, top: 4, bottom: 2);
        var trace = HutchPlusPlus.Trace(hessian);

        Assert.True(ends.Converged);
        // The reach named for a top eigenvalue: 1e-5 relative.
        foreach (var (expected, pair) in new[] { 10.0, 5, 2, 1 }.Zip(ends.Top))
        {
            Assert.Equal(expected, pair.Value, 1e-5 * expected);
            Assert.InRange(pair.Residual, 0, 1e-4);
        }
        Assert.All(ends.Bottom, pair => Assert.Equal(0.1, pair.Value, 1e-5));
        // Twenty directions fit into the sketch, so only float32 is left.
        Assert.Equal(19.6, trace.Value, 1e-4);
        Assert.InRange(trace.StandardError, 0, 1e-4);
    }

    [Fact]
    public void Product_Cancelled_Stops()
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_batch");
        using var hessian = model.OpenHessian(batch, new(LossKind.CrossEntropy));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Lanczos.Ends(hessian, 1, 1, cancellation: cancel.Token));
    }

    [Fact]
    public void Hessian_AfterItsModelIsGone_StillWorks()
    {
        using var batch = torch.Batch("linear_batch");
        IHessian hessian;
        using (var model = torch.Model("linear")) hessian = model.OpenHessian(batch, new(LossKind.Mse));
        using (hessian)
        {
            var product = new double[20];
            hessian.Multiply(new double[20], product);
            Assert.All(product, value => Assert.Equal(0, value));
        }
    }

    private static double[] Numbers(System.Text.Json.JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static double Distance(double[] expected, double[] actual) =>
        Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(value => value * value));
}
