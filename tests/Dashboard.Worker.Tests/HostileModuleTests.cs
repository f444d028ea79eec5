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

    [Theory]
    [InlineData("endless", "four_classes", "cross_entropy")]
    [InlineData("endless_on_load", "four", "mse")]
    [Trait("Category", "Slow")]
    public async Task ModuleThatNeverReturns_IsStopped(string model, string batch, string loss)
    {
        await using var shop = new Workshop(models, options => options with { Stall = TimeSpan.FromSeconds(2) });

        var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, model, batch, loss)));

        Assert.Equal("time_limit", code);
        Assert.Contains("2 seconds", error, StringComparison.Ordinal);
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task JobThatTakesLongerThanAnyMay_IsStoppedHoweverMuchItSays()
    {
        await using var shop = new Workshop(models, options => options with { Longest = TimeSpan.FromSeconds(2) });
        var spec = new LandscapeSpec
        {
            Model = shop.Put("slow.pt"),
            Batch = shop.Put("slow_batch.safetensors"),
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "random" },
            X = new AxisSpec { Points = 501 },
            Y = new AxisSpec { Points = 501 },
            Preview = false,
        };

        var (code, error) = await shop.FailureOf(shop.Post(spec));

        Assert.Equal("time_limit", code);
        Assert.Contains("--limit-seconds", error, StringComparison.Ordinal);
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    [Trait("Category", "Slow")]
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
    public async Task ModulesThatReadWhatIsNotTheirs_FindNothing()
    {
        await using var shop = new Workshop(models);

        foreach (var (model, says) in new[] { ("reading", "No such file"), ("reading_passwd", "No such file"), ("reading_process", "unable to"), ("reads_on_load", "No such file") })
        {
            var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, model, "four", "mse")));

            Assert.Equal((model, "bad_input"), (model, code));
            Assert.True(error.Contains(says, StringComparison.Ordinal), error);
        }
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    public async Task ModulesThatWrite_Fail()
    {
        await using var shop = new Workshop(models);

        foreach (var model in new[] { "writing_secret", "writing_tmp", "writes_on_load" })
        {
            var (code, _) = await shop.FailureOf(shop.Post(Probe(shop, model, "four", "mse")));

            Assert.Equal((model, "bad_input"), (model, code));
        }
        // torch.save does not tell that it could not open its file; it fails only where it could and may not write.
        await shop.EndOf(shop.Post(Probe(shop, "saving", "four", "mse")));
        Assert.False(File.Exists(models.Secret + "-made"));
        Assert.False(File.Exists("/tmp/lossboard-made"));
        Assert.Equal("AAAAAAAA", await File.ReadAllTextAsync(models.Secret));
        await TheNextJobIsComputed(shop);
    }

    [Theory]
    [InlineData("deep", "engine_died", "died")]
    [InlineData("connects", "bad_input", "TCPStore")]
    [InlineData("inflating", "out_of_memory", "memory")]
    public async Task FilesMadeByHand_EndTheirJobAlone(string model, string expected, string says)
    {
        await using var shop = new Workshop(models);

        var (code, error) = await shop.FailureOf(shop.Post(Probe(shop, model, "four_classes", "cross_entropy")));

        Assert.Equal(expected, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        await TheNextJobIsComputed(shop);
    }

    [Fact]
    public async Task WorkerWithAKey_WhereNoWallsCanBeRaised_RunsNothing()
    {
        await using var shop = new Workshop(models, options => options with { Key = "lb_a-key", Bubblewrap = "/nowhere/bwrap" });

        await shop.Server.UntilAsked(request => request.Problem is not null, shop.Waiting);

        Assert.Contains(shop.Server.Asked, request => request is { Kinds.Count: 0, Problem: { } problem } && problem.Contains("no model without walls", StringComparison.Ordinal));
    }
}
