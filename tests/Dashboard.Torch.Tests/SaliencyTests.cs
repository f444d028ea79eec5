using System.Text.Json;
using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

[Collection(TorchGroup.Name)]
public sealed class SaliencyTests(TorchFixture torch)
{
    // Float32 on either side, added up in another order.
    private const double Rounding = 2e-5;

    private static long[] Largest(int count) => [.. Enumerable.Repeat(-1L, count)];

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void LinearModel_GivesTheAbsoluteWeightsOfItsTarget(int target)
    {
        using var model = torch.Model("classifier");
        using var batch = torch.Batch("classifier_batch");
        var weights = torch.References.GetProperty("classifier").Deserialize<double[][]>()!;
        var maps = new float[30];

        var values = model.Saliency(batch, [.. Enumerable.Repeat((long)target, 5)], maps);

        Assert.Equal(3, values.Outputs);
        for (var i = 0; i < maps.Length; i++) Assert.Equal(Math.Abs(weights[target][i % 6]), maps[i], 1e-7);
    }

    [Fact]
    public void Convolutions_GiveWhatAutogradGives()
    {
        using var model = torch.Model("pixels");
        using var file = SafetensorsFile.Open(torch.PathOf("pixels_batch.safetensors"));
        using var batch = torch.Runtime.CreateBatch(file.Read("inputs").Take([0, 1, 2, 3, 4, 5, 6]), null, null);
        var known = torch.References.GetProperty("saliency");
        var (targets, maps) = (Largest(7), new float[7 * 64]);

        var values = model.Saliency(batch, targets, maps, batchSize: 3);

        Assert.Equal(known.GetProperty("predicted").Deserialize<long[]>()!, targets);
        Assert.Equal(targets, values.Predicted);
        var expected = known.GetProperty("maps").Deserialize<double[]>()!;
        for (var i = 0; i < maps.Length; i++) Assert.Equal(expected[i], maps[i], Rounding);
        var scores = known.GetProperty("scores").Deserialize<double[]>()!;
        for (var i = 0; i < scores.Length; i++) Assert.Equal(scores[i], values.Scores[i], Rounding);
    }

    [Fact]
    public void ModuleThatWritesIntoItsInput_IsDifferentiatedAllTheSame()
    {
        using var model = torch.Model("in_place");
        using var batch = torch.Batch("in_place_batch");
        var maps = new float[20 * 4];

        model.Saliency(batch, Largest(20), maps);

        // The layer's weights, doubled by what it does to its input first.
        var weights = model.Read().Parameters;
        for (var i = 0; i < 4; i++) Assert.Equal(2 * Math.Abs(weights[i]), maps[i], Rounding);
    }

    [Fact]
    public void Inputs_ThatAreWholeNumbers_AreRefusedWithTheWayOut()
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_bad_type");

        var refused = Assert.Throws<TorchInputException>(() => model.Saliency(batch, Largest(203), new float[203 * 12]));

        Assert.Contains("one-hot or embedded", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_ThatDoesNotExist_IsRefusedWithThoseThereAre()
    {
        using var model = torch.Model("classifier");
        using var batch = torch.Batch("classifier_batch");

        var refused = Assert.Throws<TorchInputException>(() => model.Saliency(batch, [3, 3, 3, 3, 3], new float[30]));

        Assert.Contains("There is no output 3: the model has 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_AreListedWithTheirClasses()
    {
        using var model = torch.Model("dying");

        Assert.Equal([("0", "Linear", true), ("1", "ReLU", true), ("2", "Linear", true)], model.Modules.Select(module => (module.Name, module.Type, module.IsLeaf)));
    }

    [Fact]
    public void Activations_KnowTheirShape()
    {
        using var model = torch.Model("pixels");
        using var batch = torch.Batch("pixels_batch");
        using var activations = model.OpenActivations(batch, "conv");

        Assert.Equal([6, 8, 8], activations.Shape);
    }
}
