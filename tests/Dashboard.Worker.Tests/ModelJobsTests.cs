using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>What is read out of one model with one batch.</summary>
[Collection(ModelsGroup.Name)]
public sealed class ModelJobsTests(ModelsFixture models)
{
    private static async Task<JsonElement> ResultOf(Workshop shop, StandInJob job)
    {
        var end = await shop.EndOf(job);
        Assert.True(end.Error is null, end.Error);
        return end.Result!.Value;
    }

    [Fact]
    public async Task Saliency_OfALinearModel_IsItsWeights()
    {
        await using var shop = new Workshop(models);
        var spec = new SaliencySpec { Model = shop.Put("classifier.pt"), Batch = shop.Put("classifier_batch.safetensors"), Samples = [4, 1], Target = 2 };
        var weights = models.References.GetProperty("classifier").Deserialize<double[][]>()!;

        var view = (await ResultOf(shop, shop.Post(spec))).Deserialize(ContractsJson.Default.SaliencyView)!;

        Assert.Equal([2L, 6L], [view.Maps.GetArrayLength(), view.Maps[0].GetArrayLength()]);
        for (var i = 0; i < 6; i++) Assert.Equal(Math.Abs(weights[2][i]), view.Maps[1][i].GetDouble(), 1e-7);
        Assert.Equal((new[] { 4, 1 }, new[] { 2, 2 }, new[] { 0, 1 }, 3), (view.Samples.ToArray(), view.Targets.ToArray(), view.Labels!.ToArray(), view.Outputs), EqualParts);
        Assert.Equal([6L], view.Shape);

        // Of a linear model noise changes nothing; a sequence of five positions keeps its shape.
        var smooth = (await ResultOf(shop, shop.Post(spec with { Smooth = 3 }))).Deserialize(ContractsJson.Default.SaliencyView)!;
        for (var i = 0; i < 6; i++) Assert.Equal(Math.Abs(weights[2][i]), smooth.Maps[0][i].GetDouble(), 1e-6);
        var sequence = (await ResultOf(shop, shop.Post(new SaliencySpec { Model = shop.Put("lstm.pt"), Batch = shop.Put("lstm_batch.safetensors") }))).Deserialize(ContractsJson.Default.SaliencyView)!;
        Assert.Equal([5L, 3L], sequence.Shape);
        Assert.Equal(8, sequence.Samples.Count);
        Assert.Equal(sequence.Predicted, sequence.Targets);
    }

    private static readonly IEqualityComparer<(int[], int[], int[], int)> EqualParts =
        EqualityComparer<(int[], int[], int[], int)>.Create((a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3) && a.Item4 == b.Item4);

    [Fact]
    public async Task Gradients_AreThoseOfEachParameter()
    {
        await using var shop = new Workshop(models);
        var known = models.References.GetProperty("mlp_gradient").GetProperty("gradient").Deserialize<double[]>()!;

        var view = (await ResultOf(shop, shop.Post(new GradientsSpec { Model = shop.Put("mlp.pt"), Batch = shop.Put("mlp_batch.safetensors"), Loss = "cross_entropy" }))).Deserialize(ContractsJson.Default.GradientsView)!;

        Assert.Equal(["first.weight", "first.bias", "second.weight", "second.bias"], view.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([192L, 16, 80, 5], view.Parameters.Select(parameter => parameter.Size));
        // Float32 against float64.
        Assert.Equal(Math.Sqrt(known.Take(192).Sum(value => value * value)), view.Parameters[0].Norm, 1e-5);
        Assert.Equal(Math.Sqrt(known.Sum(value => value * value)), view.Norm, 1e-5);
        Assert.All(view.Parameters, parameter => Assert.Equal((parameter.Size, 0), (parameter.Histogram.Counts.Sum(), parameter.NonFinite)));
        Assert.Equal(203, view.Samples);
        // A unit that never fires has no gradient: a quarter of the first layer of four.
        var dying = (await ResultOf(shop, shop.Post(new GradientsSpec { Model = shop.Put("dying.pt"), Batch = shop.Put("classifier_batch.safetensors"), Loss = "cross_entropy" }))).Deserialize(ContractsJson.Default.GradientsView)!;
        Assert.InRange(dying.Parameters[0].Zeros, 0.25, 1);
    }

    [Fact]
    public async Task Activations_SayWhichUnitsAreDead()
    {
        await using var shop = new Workshop(models);
        var (model, batch) = (shop.Put("dying.pt"), shop.Put("classifier_batch.safetensors"));

        var view = (await ResultOf(shop, shop.Post(new ActivationsSpec { Model = model, Batch = batch, Samples = [0, 3] }))).Deserialize(ContractsJson.Default.ActivationsView)!;

        Assert.Equal([("0", "Linear"), ("1", "ReLU"), ("2", "Linear")], view.Modules.Select(module => (module.Name, module.Type!)));
        var rectified = view.Modules[1];
        Assert.Contains(0, rectified.Dead!);
        Assert.Equal(rectified.Dead!.Count / 4.0, rectified.DeadShare);
        Assert.Equal(20, rectified.Histogram!.Counts.Sum());
        Assert.Equal(0, view.Modules[0].DeadShare);
        Assert.Equal([4L], rectified.MapShape!);
        Assert.Equal(2, rectified.Maps!.Value.GetArrayLength());
        Assert.Equal(0, rectified.Maps!.Value[1][0].GetDouble());

        // Of images channels are units, and maps are images.
        var images = (await ResultOf(shop, shop.Post(new ActivationsSpec { Model = shop.Put("pixels.pt"), Batch = shop.Put("pixels_batch.safetensors"), Modules = ["conv"] }))).Deserialize(ContractsJson.Default.ActivationsView)!;
        Assert.Equal((6, 8), (images.Modules[0].Units!.Value, images.Modules[0].Maps!.Value[0][5].GetArrayLength()));
        Assert.Equal(70, images.BatchSamples);

        var (code, error) = await shop.FailureOf(shop.Post(new ActivationsSpec { Model = model, Batch = batch, Modules = ["nobody"] }));
        Assert.Equal("bad_input", code);
        Assert.Contains("no module 'nobody'; it has 0, 1, 2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modules_ThatCannotBeRead_SayWhy_AndHideNoOther()
    {
        await using var shop = new Workshop(models);

        var view = (await ResultOf(shop, shop.Post(new ActivationsSpec { Model = shop.Put("nested.pt"), Batch = shop.Put("nested_batch.safetensors") }))).Deserialize(ContractsJson.Default.ActivationsView)!;

        Assert.Contains("never calls", view.Modules.Single(module => module.Name == "unused").Why, StringComparison.Ordinal);
        Assert.Null(view.Modules.Single(module => module.Name == "unused").Histogram);
        Assert.NotNull(view.Modules.Single(module => module.Name == "twice").Histogram);
    }

    [Fact]
    public async Task Saliency_OfInputsThatDoNotFit_IsRefused()
    {
        await using var shop = new Workshop(models);
        async Task Refused(string model, string batch, string named)
        {
            var (code, error) = await shop.FailureOf(shop.Post(new SaliencySpec { Model = shop.Put(model), Batch = shop.Put(batch) }));
            Assert.Equal("bad_input", code);
            Assert.Contains(named, error, StringComparison.Ordinal);
        }

        await Refused("mlp.pt", "mlp_bad_type.safetensors", "one-hot");
        await Refused("mlp.pt", "mlp_bad_shape.safetensors", "inputs of shape");
        await Refused("mlp.pt", "mlp_lacking.safetensors", "batch: ");
        await Refused("own_loss.pt", "own_loss_batch.safetensors", "2 values");
    }

    [Fact]
    public async Task Weights_OfTwoPhases_FallIntoTwoClusters()
    {
        await using var shop = new Workshop(models);
        double[] path = [0, 0.1, 0.2, 10, 10.1, 10.3];
        for (var i = 0; i < path.Length; i++) shop.Server.Put($"c{i}", Tensors.Of("w", path[i], 1, 0.01 * i * i), step: 100 * i);
        string[] names = [.. Enumerable.Range(0, path.Length).Select(i => $"c{i}")];

        var view = (await ResultOf(shop, shop.Post(new WeightPcaSpec { RunId = StandInServer.Run, Checkpoints = names }))).Deserialize(ContractsJson.Default.WeightPcaView)!;

        Assert.Equal(names, view.Names);
        Assert.Equal(500, view.Steps[^1]);
        Assert.Equal("silhouette", view.ClustersChosenBy);
        Assert.Equal(2, view.Clusters!.Distinct().Count());
        Assert.Equal([.. view.Clusters!.Take(3).Distinct()], [view.Clusters![0]]);
        Assert.NotEqual(view.Clusters![0], view.Clusters![5]);
        Assert.InRange(view.Silhouette!.Value, 0.9, 1);
        Assert.Equal(1, view.ExplainedVariance.Sum(), 1e-9);
        Assert.Equal(0.6079, view.RandomWalk[0], 1e-4);
        Assert.Equal(5, view.StepNorms.Count);
        Assert.Equal(view.StepNorms.Sum(), view.TotalMovement, 1e-12);

        var none = (await ResultOf(shop, shop.Post(new WeightPcaSpec { RunId = StandInServer.Run, Checkpoints = names[..3], Dims = 3 }))).Deserialize(ContractsJson.Default.WeightPcaView)!;
        Assert.Null(none.Clusters);
        Assert.Contains("3 checkpoints", none.WhyNoClusters, StringComparison.Ordinal);
        // Three points span a plane.
        Assert.All(none.Coordinates, point => Assert.Equal(0, point[2]));
    }

    [Fact]
    public void Tables_OfAnotherShapeThanTheySay_AreRefused()
    {
        var view = new SaliencyView
        {
            Samples = [0],
            Shape = [2],
            Maps = NestedArrays.Write([1, float.NaN], [1, 2]),
            Inputs = NestedArrays.Write([1, 2, 3], [1, 3]),
            Targets = [0],
            Predicted = [0],
            Scores = [1],
            Outputs = 1,
        };
        var result = JsonSerializer.SerializeToElement(view, ContractsJson.Default.SaliencyView);

        Assert.Throws<InvalidDataException>(() => ResultCheck.Read(JobKinds.Saliency, result));
        var fits = JsonSerializer.SerializeToElement(view with { Inputs = view.Maps }, ContractsJson.Default.SaliencyView);
        Assert.Equal("[[1,\"NaN\"]]", ResultCheck.Read(JobKinds.Saliency, fits).GetProperty("maps").GetRawText());
    }
}
