using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class HessianJobTests(ModelsFixture models)
{
    // Products of a float32 module carry seven digits.
    private const double Digits = 1e-4;

    private static HessianView Read(JobEnd end)
    {
        Assert.True(end.Error is null, end.Error);
        return end.Result!.Value.Deserialize(ContractsJson.Default.HessianView)!;
    }

    [Fact]
    public async Task LinearRegression_HasTheSpectrumOfItsDesign()
    {
        await using var shop = new Workshop(models);

        var view = Read(await shop.EndOf(shop.Post(new HessianSpec { Model = shop.Put("linear.pt"), Batch = shop.Put("linear_batch.safetensors"), Loss = "mse", Top = 4, Bottom = 1, Density = true })));

        double[] known = [10, 5, 2, 1];
        for (var i = 0; i < known.Length; i++) Assert.Equal(known[i], view.Top[i].Value, Digits);
        Assert.Equal(0.1, view.Bottom[0].Value, Digits);
        // 10 + 5 + 2 + 1 + 16 × 0.1; twenty parameters are within the sketch, so that nothing is sampled.
        Assert.Equal(19.6, view.Trace!.Value, Digits);
        Assert.True(view.Converged);
        Assert.True(view.Products > 20);
        Assert.Equal(20, view.Parameters);
        Assert.Equal(100, view.ConditionNumber!.Value, 0.1);
        Assert.Equal(10_000, view.Density!.X.Count);
        Assert.True(view.GradientNorm > 0);
    }

    [Fact]
    public async Task Checkpoints_GetTheirOwnCurvature()
    {
        await using var shop = new Workshop(models);
        shop.Server.Put("first", Tensors.Theta(1, 1, 1, 1), step: 5);
        shop.Server.Put("second", Tensors.Theta(0, 0, 0, 0), step: 10);

        var view = Read(await shop.EndOf(shop.Post(new HessianSpec
        {
            Model = shop.Put("quadratic.pt"),
            Batch = shop.Put("one.safetensors"),
            Loss = "output",
            Top = 1,
            Trace = false,
            Checkpoints = ["first", "second"],
        })));

        Assert.Equal(["first", "second"], view.Checkpoints!.Select(checkpoint => checkpoint.Name));
        Assert.Equal([5, 10], view.Checkpoints!.Select(checkpoint => checkpoint.Step!.Value));
        Assert.All(view.Checkpoints!, checkpoint => Assert.Equal(9, checkpoint.Top[0].Value, Digits));
        Assert.Equal(0.5 * (4 + 1 + 0.25 + 9), view.Checkpoints![0].Loss!.Value, Digits);
        Assert.Equal(0, view.Checkpoints![1].GradientNorm!.Value, Digits);
        Assert.Null(view.Trace);
    }
}
