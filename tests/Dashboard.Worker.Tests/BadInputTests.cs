using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class BadInputTests(ModelsFixture models)
{
    private static LandscapeSpec Random(ArtifactReference model, ArtifactReference batch, string loss) => new()
    {
        Model = model,
        Batch = batch,
        Loss = loss,
        Directions = new DirectionsSpec { Kind = "random" },
        X = new AxisSpec { Points = 3 },
    };

    [Theory]
    [InlineData("one.safetensors", "one.safetensors", "output", "model")]
    [InlineData("frozen.pt", "mlp_batch.safetensors", "cross_entropy", "model")]
    [InlineData("failing.pt", "four_classes.safetensors", "cross_entropy", "this module never works")]
    [InlineData("mlp.pt", "mlp_bad_shape.safetensors", "cross_entropy", "batch")]
    [InlineData("mlp.pt", "mlp_bad_type.safetensors", "cross_entropy", "batch")]
    [InlineData("mlp.pt", "mlp_bad_class.safetensors", "cross_entropy", "batch")]
    [InlineData("mlp.pt", "mlp.pt", "cross_entropy", "batch")]
    [InlineData("mlp.pt", "mlp_lacking.safetensors", "cross_entropy", "batch")]
    [InlineData("mlp.pt", "mlp_batch.safetensors", "perplexity", "loss")]
    public async Task Inputs_ThatDoNotFit_AreNamed(string model, string batch, string loss, string named)
    {
        await using var shop = new Workshop(models);

        var (code, error) = await shop.FailureOf(shop.Post(Random(shop.Put(model), shop.Put(batch), loss)));

        Assert.Equal("bad_input", code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directions_ThatDoNotFit_AreNamed()
    {
        await using var shop = new Workshop(models);
        var good = Random(shop.Put("mlp.pt"), shop.Put("mlp_batch.safetensors"), "cross_entropy");
        async Task Refused(LandscapeSpec spec, string named)
        {
            var (code, error) = await shop.FailureOf(shop.Post(spec));
            Assert.Equal("bad_input", code);
            Assert.Contains(named, error, StringComparison.Ordinal);
        }

        await Refused(good with { Directions = new DirectionsSpec { Kind = "between", To = shop.Put("mlp_lacking.safetensors") } }, "directions.to: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "between", To = shop.Put("cnn.pt") } }, "directions.to: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "between" } }, "directions.to: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "given", X = shop.Put("cnn_x.safetensors") } }, "directions.x: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "pca", Checkpoints = ["nobody"] } }, "directions.checkpoints: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "pca", Checkpoints = ["mlp_lacking.safetensors", "mlp_lacking.safetensors"] } }, "directions.checkpoints: ");
        await Refused(good with { Directions = new DirectionsSpec { Kind = "random", Normalize = "twice" } }, "directions.normalize: ");
        await Refused(good with { X = new AxisSpec { From = 1, To = -1, Points = 3 } }, "x: ");
        await Refused(good with { X = new AxisSpec { Points = 10_000 }, Y = new AxisSpec { Points = 10_000 } }, "1000000");
        await Refused(good with { BatchSize = 0 }, "batch_size: ");
    }

    [Fact]
    public async Task Artifact_ThatIsGone_IsNamed()
    {
        await using var shop = new Workshop(models);
        var spec = Random(new ArtifactReference { RunId = StandInServer.Run, Name = "lost.pt" }, shop.Put("one.safetensors"), "output");

        var (code, error) = await shop.FailureOf(shop.Post(spec));

        Assert.Equal("bad_input", code);
        Assert.StartsWith("model: the artifact 'lost.pt' is gone", error, StringComparison.Ordinal);
    }
}
