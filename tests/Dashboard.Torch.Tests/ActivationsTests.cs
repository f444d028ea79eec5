using System.Text.Json;

namespace Dashboard.Torch.Tests;

[Collection(TorchGroup.Name)]
public sealed class ActivationsTests(TorchFixture torch)
{
    // Float32, in micro-batches of another size: sums are added in another order.
    private const double Rounding = 2e-5;

    private static float[] All(ITorchActivations activations)
    {
        var rows = new float[activations.Samples * activations.Columns];
        activations.Read(0, rows);
        return rows;
    }

    private double[][] Known(string model, string module) =>
        torch.References.GetProperty("activations").GetProperty(model).GetProperty(module).Deserialize<double[][]>()!;

    [Theory]
    [InlineData("nested", "body")]
    [InlineData("nested", "body.0")]
    [InlineData("nested", "body.0.layer")]
    [InlineData("nested", "body.0.act")]
    [InlineData("nested", "body.1")]
    [InlineData("nested", "body.1.0")]
    [InlineData("nested", "twice")]
    [InlineData("nested_traced", "body.0.layer")]
    [InlineData("nested_traced", "body.1")]
    [InlineData("nested_traced", "twice")]
    [InlineData("pixels", "conv")]
    [InlineData("pixels", "norm")]
    [InlineData("pixels", "head")]
    [InlineData("pixels", null)]
    public void Module_GivesOutWhatAHookSees(string name, string? module)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch(name == "pixels" ? "pixels_batch" : "nested_batch");
        using var activations = model.OpenActivations(batch, module, batchSize: 32);

        var rows = All(activations);

        var known = Known(name, module ?? "own");
        Assert.Equal(known.Length, activations.Samples);
        Assert.Equal(known[0].Length, activations.Columns);
        for (var i = 0; i < rows.Length; i++) Assert.Equal(known[i / activations.Columns][i % activations.Columns], rows[i], Rounding);
    }

    [Fact]
    public void Rows_ReadInPieces_AreTheSame()
    {
        using var model = torch.Model("nested");
        using var batch = torch.Batch("nested_batch");
        using var activations = model.OpenActivations(batch, "body.0.layer", batchSize: 16);
        var whole = All(activations);

        var piece = new float[5 * activations.Columns];
        activations.Read(101, piece);

        for (var i = 0; i < piece.Length; i++) Assert.Equal(whole[101 * activations.Columns + i], piece[i], Rounding);
    }

    [Fact]
    public void Model_AfterItsActivationsAreClosed_IsWhatItWas()
    {
        using var model = torch.Model("pixels");
        using var batch = torch.Batch("pixels_batch");
        var before = model.Evaluate(batch, new(LossKind.CrossEntropy)).Loss;

        using (var activations = model.OpenActivations(batch, "norm")) All(activations);

        Assert.Equal(before, model.Evaluate(batch, new(LossKind.CrossEntropy)).Loss);
    }

    [Theory]
    [InlineData("nested", "nobody", "no module 'nobody'; it has body, body.0, body.0.layer")]
    [InlineData("nested", "unused", "never calls")]
    [InlineData("nested", "body.0.norm", "never calls")]
    [InlineData("nested", "looped", "within a loop or a branch")]
    [InlineData("nested", "lstm", "not one tensor")]
    [InlineData("listed", "nobody", "leave the name out")]
    public void Module_WithoutOneTensorASample_IsRefusedWithTheReason(string name, string module, string reason)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch(name == "nested" ? "nested_batch" : "listed_batch");

        var refused = Assert.Throws<TorchInputException>(() => model.OpenActivations(batch, module));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Module_ThatGivesOneNumberForAllSamples_IsRefused()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        var refused = Assert.Throws<TorchInputException>(() => model.OpenActivations(batch));

        Assert.Contains("samples along the first dimension", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_ThatDoesNotFit_IsNamed()
    {
        using var model = torch.Model("pixels");
        using var batch = torch.Batch("nested_batch");

        var refused = Assert.Throws<TorchInputException>(() => model.OpenActivations(batch, "norm"));

        Assert.Contains("inputs of shape", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_StopsBeforeTheNextMicroBatch()
    {
        using var model = torch.Model("nested");
        using var batch = torch.Batch("nested_batch");
        using var activations = model.OpenActivations(batch, "body");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => activations.Read(0, new float[activations.Columns], cancelled.Token));
    }
}
