namespace Dashboard.Analysis.Tests;

public sealed class MixtureTests
{
    private static double[] Draw(int seed, params (int Count, double X, double Y, double Deviation)[] groups)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. groups.SelectMany(group => Enumerable.Range(0, group.Count).SelectMany(_ => new[] { group.X + group.Deviation * Normal(), group.Y + group.Deviation * Normal() }))];
    }

    private static IReadOnlyList<MixtureResult> Compare(double[] points, double[]? weights = null) => GaussianMixture.Compare(points, 2, weights, 4, new MixtureOptions { Seed = 1 });

    [Fact]
    public void OneComponent_IsMeanAndCovariance()
    {
        double[] points = [0, 0, 2, 0, 0, 2, 2, 6];

        var fit = GaussianMixture.Fit(points, 2, null, new MixtureOptions());

        var one = Assert.Single(fit.Components);
        Assert.Equal([1.0, 2.0], one.Mean);
        // The floor: 1e-4 of the mean variance (1 + 6)/2.
        Assert.Equal(1 + 3.5e-4, one.Covariance[0, 0], 1e-12);
        Assert.Equal(6 + 3.5e-4, one.Covariance[1, 1], 1e-12);
        Assert.Equal(1, one.Covariance[0, 1], 1e-12);
        Assert.True(fit.Converged);
    }

    [Fact]
    public void Weights_CountAsRepeatedPoints()
    {
        var (weighted, repeated) = (GaussianMixture.Fit([0, 0, 1, 3, 5, 1], 2, [1, 2, 1], new MixtureOptions()), GaussianMixture.Fit([0, 0, 1, 3, 1, 3, 5, 1], 2, null, new MixtureOptions()));

        Assert.Equal(repeated.Components[0].Mean[0], weighted.Components[0].Mean[0], 1e-12);
        Assert.Equal(repeated.Components[0].Covariance[0, 1], weighted.Components[0].Covariance[0, 1], 1e-12);
    }

    [Fact]
    public void Bic_FindsThreeClouds()
    {
        var fits = Compare(Draw(3, (300, 0, 0, 1), (200, 12, 0, 1), (100, 0, 12, 2)));

        Assert.Equal(4, fits.Count);
        var best = fits.MinBy(fit => fit.Bic)!;
        Assert.Equal(3, best.Components.Count);
        Assert.Equal([0.5, 1.0 / 3, 1.0 / 6], best.Components.Select(component => component.Weight), (a, b) => Math.Abs(a - b) < 0.01);
        // Five standard errors of the means: 1/√300, 1/√200, 2/√100.
        Assert.Equal(0, best.Components[0].Mean[0], 0.3);
        Assert.Equal(12, best.Components[1].Mean[0], 0.36);
        Assert.Equal(12, best.Components[2].Mean[1], 1.0);
        Assert.Equal(4, best.Components[2].Covariance[0, 0], 3.0);
    }

    [Fact]
    public void Bic_LeavesOneCloudWhole() => Assert.Single(Compare(Draw(5, (500, 1, 2, 3))).MinBy(fit => fit.Bic)!.Components);

    [Fact]
    public void Compare_OfFewEffectivePoints_FitsOneAlone()
    {
        var weights = Enumerable.Range(0, 200).Select(i => i < 20 ? 1.0 : 1e-9).ToArray();

        Assert.Single(Compare(Draw(2, (200, 0, 0, 1)), weights));
    }

    [Fact]
    public void Points_ThatAreTheSame_AreRefused() => Assert.Throws<VectorException>(() => GaussianMixture.Fit([1, 1, 1, 1], 2, null, new MixtureOptions()));

    [Fact]
    public void Points_ThatAreNotFinite_AreRefused() => Assert.Throws<VectorException>(() => GaussianMixture.Fit([1, double.NaN], 2, null, new MixtureOptions()));

    [Fact]
    public void Boltzmann_OfFarLosses_DoesNotUnderflow()
    {
        var weights = BoltzmannWeights.Of([1000, 1000 + Math.Log(3) / 50, double.NaN, double.PositiveInfinity], samples: 50, temperature: 1);

        Assert.Equal(0.75, weights[0], 1e-9);
        Assert.Equal(0.25, weights[1], 1e-9);
        Assert.Equal((0, 0), (weights[2], weights[3]));
        Assert.Equal(1 / (0.75 * 0.75 + 0.25 * 0.25), BoltzmannWeights.EffectiveSamples(weights), 1e-8);
    }

    [Fact]
    public void Boltzmann_WithoutAFiniteLoss_WeighsNothing() => Assert.Equal(0, BoltzmannWeights.EffectiveSamples(BoltzmannWeights.Of([double.NaN], 1, 1)));

    [Fact]
    public void Autocorrelation_OfAnAutoregression_IsItsKnownTime()
    {
        var random = new Random(11);
        var (series, value) = (new double[100_000], 0.0);
        for (var i = 0; i < series.Length; i++) series[i] = value = 0.8 * value + random.NextDouble() - 0.5;

        // (1 + 0.8)/(1 − 0.8) = 9; the estimate's own error at this length is about 3 %.
        Assert.Equal(9, Autocorrelation.IntegratedTime(series), 0.9);
        Assert.Equal(1, Autocorrelation.IntegratedTime([2, 2, 2, 2, 2]));
    }

    [Fact]
    public void SignedLog_CountsEachValueInItsDecade()
    {
        var (edges, counts) = SignedLogHistogram.Of([1e-3, -1e-3, 0.5, 0, double.NaN, -20, double.PositiveInfinity]);

        Assert.Equal(5, counts.Sum());
        Assert.Equal(edges.Length, counts.Length + 1);
        Assert.Equal(edges, edges.Order());
        Assert.Equal(edges, edges.Reverse().Select(edge => -edge));
        Assert.Equal(1, counts[counts.Length / 2]);
        Assert.InRange(edges[^1], 20, 40);
        Assert.Empty(SignedLogHistogram.Of([double.NaN]).Edges);
        Assert.Equal([2.0], SignedLogHistogram.Of([0, 0]).Counts);
    }
}
