using System.Globalization;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>What samples say together: mean and error, weights, and a fitted distribution where they carry one.</summary>
internal sealed class MonteCarloSummary
{
    // A plane's normal distribution has five numbers: six effective samples for each of them. Below, a fit describes chance.
    private const double LeastEffective = 30;

    private const int MostComponents = 4;

    public MonteCarloSummary(double[] losses, bool chain, double batchSamples, double temperature)
    {
        var finite = losses.Where(double.IsFinite).ToArray();
        NonFinite = losses.Length - finite.Length;
        Mean = finite.Length > 0 ? finite.Average() : double.NaN;
        StandardDeviation = finite.Length > 1 ? Math.Sqrt(finite.Sum(loss => (loss - Mean) * (loss - Mean)) / (finite.Length - 1)) : double.NaN;
        AutocorrelationTime = chain ? Autocorrelation.IntegratedTime(losses) : null;
        Weights = chain
            ? Array.ConvertAll(losses, loss => double.IsFinite(loss) ? 1.0 / finite.Length : 0)
            : BoltzmannWeights.Of(losses, batchSamples, temperature);
        EffectiveSampleSize = chain ? finite.Length / AutocorrelationTime!.Value : BoltzmannWeights.EffectiveSamples(Weights);
        StandardError = StandardDeviation / Math.Sqrt(chain ? EffectiveSampleSize : finite.Length);
        WeightedMean = finite.Length > 0 ? losses.Zip(Weights).Where(pair => pair.Second > 0).Sum(pair => pair.First * pair.Second) : double.NaN;
        Chain = chain;
        Finite = finite.Length;
    }

    public double Mean { get; }

    public double StandardDeviation { get; }

    public double StandardError { get; }

    public double WeightedMean { get; }

    public int NonFinite { get; }

    public double[] Weights { get; }

    public double EffectiveSampleSize { get; }

    public double? AutocorrelationTime { get; }

    private bool Chain { get; }

    private int Finite { get; }

    /// <summary>Fits normal distributions to the weighted coordinates, or says why the samples do not carry one.</summary>
    public (MonteCarloFit? Fit, string? Why) Fit(double[] coordinates, ulong seed, CancellationToken cancellation)
    {
        if (Why() is { } why) return (null, why);
        try
        {
            // A chain's samples are equal, and as many as its autocorrelation leaves.
            var options = new MixtureOptions { Seed = seed, Cancellation = cancellation };
            var fits = GaussianMixture.Compare(coordinates, 2, Weights, MostComponents, options);
            return (new MonteCarloFit
            {
                Gaussian = View(fits[0].Components[0]),
                Mixture = [.. fits.MinBy(fit => fit.Bic)!.Components.Select(View)],
                Bic = [.. fits.Select(fit => fit.Bic)],
            }, null);
        }
        catch (VectorException e)
        {
            return (null, e.Message);
        }
    }

    private string? Why()
    {
        if (Finite == 0) return "No sample has a finite loss: a smaller scale stays closer to the weights.";
        if (EffectiveSampleSize >= LeastEffective) return null;
        var counts = string.Create(CultureInfo.InvariantCulture, $"{Finite} samples count as {EffectiveSampleSize:0.#} independent ones, and {LeastEffective} are needed");
        return Chain
            ? $"{counts}: neighbours in the chain are too alike. More samples, a larger thinning or a larger step_size sets them apart."
            : $"{counts}: nearly all weight exp(−N·L/T) lies on the few with the lowest losses. A smaller scale, a higher temperature or more samples spreads it.";
    }

    private static NormalView View(MixtureComponent component) => new(component.Weight, component.Mean, [[component.Covariance[0, 0], component.Covariance[0, 1]], [component.Covariance[1, 0], component.Covariance[1, 1]]]);
}
