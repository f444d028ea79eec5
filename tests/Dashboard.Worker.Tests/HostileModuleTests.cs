using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>Whatever a module does, its job ends with a reason, and the next job is computed.</summary>
[Collection(ModelsGroup.Name)]
public sealed class HostileModuleTests(ModelsFixture models)
{
    private static ProbeSpec Probe(Workshop shop, string model, string batch, string loss) => new() { Model = shop.Put($"{model}.pt"), Batch = shop.Put($"{batch}.safetensors"), Loss = loss };

    private static async Task TheNextJobIsComputed(Workshop shop)
    {
        var end = await shop.EndOf(shop.Post(Probe(shop, "quadratic", "one", "output")));
        Assert.Null(end.Error);
    }

    [Fact]
    public async Task ModuleThatNeverReturns_IsStopped()
    {
        await using var shop = new Workshop(models, options => options with { Stall = TimeSpan.FromSeconds(2) });

        var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, "endless", "four_classes", "cross_entropy")));

        Assert.Equal("time_limit", code);
        Assert.Contains("2 seconds", error, StringComparison.Ordinal);
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    public async Task ModuleThatTakesAllMemory_MeetsItsLimit()
    {
        await using var shop = new Workshop(models, options => options with { Memory = 1L << 30 });

        var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, "greedy", "four_classes", "cross_entropy")));

        Assert.Equal("out_of_memory", code);
        Assert.NotEmpty(error);
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    public async Task ModuleThatPrints_DisturbsNothing()
    {
        await using var shop = new Workshop(models);

        var end = await shop.EndOf(shop.Post(Probe(shop, "talkative", "four_classes", "cross_entropy")));

        Assert.Null(end.Error);
    }

    [Fact]
    public async Task ModuleThatReadsASecret_FindsNone()
    {
        await using var shop = new Workshop(models);

        var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, "reading", "four", "mse")));

        Assert.Equal("bad_input", code);
        Assert.Contains("No such file", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("writing_secret")]
    [InlineData("writing_tmp")]
    public async Task ModuleThatWrites_Fails(string model)
    {
        await using var shop = new Workshop(models);

        var (code, _) = await shop.FailureOf(shop.Post(Probe(shop, model, "four", "mse")));

        Assert.Equal("bad_input", code);
        Assert.False(File.Exists(models.Secret + "-made"));
        Assert.False(File.Exists("/tmp/lossboard-made"));
        await TheNextJobIsComputed(shop);
    }
}
