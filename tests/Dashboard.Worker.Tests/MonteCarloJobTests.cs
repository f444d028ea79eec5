using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>On L = ½Σaθ² with a = (4, 1, ¼, 9) at θ = (1, −1, 2, ½) and a batch of three samples: at T = 3 weights are exp(−L), so that everything is known.</summary>
[Collection(ModelsGroup.Name)]
public sealed class MonteCarloJobTests(ModelsFixture models)
{
    private static readonly double[] Bend = [4, 1, 0.25, 9];
    private static readonly double[] Start = [1, -1, 2, 0.5];

    // Standard errors of its own that a mean may be off by: one seed in 15,000 is.
    private const double Errors = 4;

    private static MonteCarloSpec Spec(Workshop shop, string sampler) => new()
    {
        Model = shop.Put("quadratic.pt"),
        Batch = shop.Put("one.safetensors"),
        Loss = "output",
        Sampler = sampler,
        Scaling = "absolute",
        Temperature = 3,
        Seed = 4,
        Device = "cpu",
    };

    private static MonteCarloView Read(JobEnd end)
    {
        Assert.True(end.Error is null, end.Error);
        return end.Result!.Value.Deserialize(ContractsJson.Default.MonteCarloView)!;
    }

    [Fact]
    public async Task Gaussian_HasTheKnownMeansAndAFit()
    {
        await using var shop = new Workshop(models);
        const double scale = 0.5;

        var job = shop.Post(Spec(shop, "gaussian") with { Samples = 4000, Scale = scale });
        var view = Read(await shop.EndOf(job));

        // ½Σa(θ² + σ²).
        Assert.Equal(0.5 * Bend.Zip(Start).Sum(pair => pair.First * (pair.Second * pair.Second + scale * scale)), view.Mean, Errors * view.StandardError);
        Assert.Equal(view.StandardDeviation / Math.Sqrt(4000), view.StandardError, 1e-12);
        // Under N(θ, σ²)·exp(−L) each weight is normal of precision 1/σ² + a.
        var known = Bend.Zip(Start).Sum(pair =>
        {
            var precision = 1 / (scale * scale) + pair.First;
            var mean = pair.Second / (scale * scale) / precision;
            return 0.5 * pair.First * (mean * mean + 1 / precision);
        });
        Assert.Equal(known, view.WeightedMean, Errors * view.StandardDeviation / Math.Sqrt(view.EffectiveSampleSize));
        Assert.Equal(1, view.Weights.Sum(), 1e-9);
        Assert.InRange(view.EffectiveSampleSize, 30, 4000);
        Assert.NotNull(view.Fit);
        Assert.Null(view.WhyNoFit);
        Assert.Equal("random", view.Projection);
        Assert.Equal(0.5 * (4 + 1 + 1 + 2.25), view.CenterLoss, 1e-5);
        Assert.Equal((4, 3, 0), (view.Parameters, view.BatchSamples, view.NonFinite));
        // A job may end before its last parts are told; those that were are the result's.
        Assert.NotEmpty(job.Parts);
        Assert.All(job.Parts.Select(part => part.Data.Deserialize(ContractsJson.Default.MonteCarloPart)!), part => Assert.Equal(view.Losses.Skip(part.First).Take(80), part.Loss));
    }

    [Fact]
    public async Task Chain_HasTheVarianceOfItsStep()
    {
        await using var shop = new Workshop(models);
        const double step = 0.1;

        var view = Read(await shop.EndOf(shop.Post(Spec(shop, "sgld") with { Samples = 1500, StepSize = step, Thinning = 20, BurnIn = 400, Projection = "pca" })));

        // ½Σ1/(1 − εa/4), where 2 is exact for steps without length.
        Assert.Equal(0.5 * Bend.Sum(bend => 1 / (1 - step * bend / 4)), view.Mean, Errors * view.StandardError);
        Assert.InRange(view.AutocorrelationTime!.Value, 1, 30);
        Assert.True(view.StandardError > view.StandardDeviation / Math.Sqrt(1500));
        Assert.Equal(step, view.StepSize);
        Assert.Equal("pca", view.Projection);
        // Variances 1/a around zero: the flattest direction has 4/(4 + 1 + ¼ + 1/9) of it, more or less.
        Assert.InRange(view.ExplainedVariance![0], 0.6, 0.85);
        Assert.NotNull(view.Fit);
    }

    [Fact]
    public async Task Samples_ThatCarryNoDistribution_AreSaidSo_AndChainsFindTheirStep()
    {
        await using var shop = new Workshop(models);

        var cold = Read(await shop.EndOf(shop.Post(Spec(shop, "uniform") with { Samples = 200, Scale = 2, Temperature = 0.001, Projection = "pca" })));
        Assert.Null(cold.Fit);
        Assert.Contains("A smaller scale", cold.WhyNoFit, StringComparison.Ordinal);
        Assert.InRange(cold.EffectiveSampleSize, 1, 30);
        Assert.Equal(2, cold.Coordinates[0].Count);
        Assert.Equal(2, cold.ExplainedVariance!.Count);

        // A tenth of T/(N·λ) with λ = 9 and T/N = 1, to the two digits that the eigenvalue has.
        var found = Read(await shop.EndOf(shop.Post(Spec(shop, "sgld") with { Samples = 10, Thinning = 1, BurnIn = 0 })));
        Assert.Equal(0.1 / 9, found.StepSize!.Value, 2e-4);
        Assert.Contains("larger thinning", found.WhyNoFit, StringComparison.Ordinal);

        var (code, error) = await shop.FailureOf(shop.Post(Spec(shop, "sgld") with { Samples = 50, StepSize = 1000 }));
        Assert.Equal("bad_input", code);
        Assert.StartsWith("step_size: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swag_GoesAroundTheMeanOfItsCheckpoints()
    {
        await using var shop = new Workshop(models);
        foreach (var (name, theta) in new[] { ("a", 1.0), ("b", 2.0), ("c", 3.0) }) shop.Server.Put(name, Tensors.Theta(theta, 0, 0, 0));

        var view = Read(await shop.EndOf(shop.Post(Spec(shop, "swag") with { Samples = 2000, Checkpoints = ["a", "b", "c"] })));

        Assert.Equal(0.5 * 4 * 4, view.CenterLoss, 1e-5);
        // Variance ½·(2/3 + 2/2) of the one weight that moved.
        Assert.Equal(0.5 * 4 * (4 + 5.0 / 6), view.Mean, Errors * view.StandardError);
    }

    [Fact]
    public async Task Job_TakenUpAgain_GivesTheSameSamples()
    {
        await using var shop = new Workshop(models);
        var spec = Spec(shop, "gaussian") with { Samples = 100 };
        var whole = Read(await shop.EndOf(shop.Post(spec)));

        // 50 blocks of 2 samples, of which 17 are missing.
        var second = shop.Post(spec, [.. Enumerable.Range(0, 50).Where(index => index % 3 > 0).Select(index => Stored(whole, index))]);
        var resumed = Read(await shop.EndOf(second));

        Assert.Equal(whole.Losses, resumed.Losses);
        Assert.Equal(whole.Coordinates.SelectMany(point => point), resumed.Coordinates.SelectMany(point => point));
        Assert.Contains(second.Said, line => line.Contains("66 samples are there", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Reports.Skip(1).SelectMany(report => report.Parts ?? []), part => part.Index % 3 > 0);
    }

    // A block of two samples as a part.
    private static JobPart Stored(MonteCarloView view, int index) => new()
    {
        Stage = MonteCarloNames.Stage,
        Index = index,
        Data = JsonSerializer.SerializeToElement(new MonteCarloPart
        {
            First = 2 * index,
            Loss = [.. view.Losses.Skip(2 * index).Take(2)],
            Distance = [.. view.Distances.Skip(2 * index).Take(2)],
            Coordinates = [.. view.Coordinates.Skip(2 * index).Take(2)],
        }, ContractsJson.Default.MonteCarloPart),
    };

    [Fact]
    public void Assembly_RefusesPartsThatAreNone()
    {
        static JobPart Part(int index, int first, int count) => new()
        {
            Stage = "samples",
            Index = index,
            Data = JsonSerializer.SerializeToElement(new MonteCarloPart { First = first, Loss = new double[count], Distance = new double[count] }, ContractsJson.Default.MonteCarloPart),
        };
        var assembly = new MonteCarloAssembly(100);

        assembly.Add(Part(49, 98, 2));

        Assert.Throws<InvalidDataException>(() => assembly.Add(Part(50, 100, 2)));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part(1, 3, 2)));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part(1, 2, 3)));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part(-1, -2, 2)));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part(1, 2, 2) with { Stage = "loss" }));
    }
}
