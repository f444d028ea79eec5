namespace Dashboard.Analysis;

/// <summary>How much each of some samples counts under exp(−N·L/T), and how many samples that leaves.</summary>
public static class BoltzmannWeights
{
    /// <summary>Weights that sum to 1, made in the logarithm: the lowest loss is subtracted first. A loss that is not finite weighs nothing; all zero where none is.</summary>
    /// <param name="losses">Mean losses L.</param>
    /// <param name="samples">N, the samples that each is a mean of.</param>
    /// <param name="temperature">T, above 0.</param>
    public static double[] Of(IReadOnlyList<double> losses, double samples, double temperature)
    {
        ArgumentNullException.ThrowIfNull(losses);
        var lowest = losses.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        var weights = losses.Select(loss => double.IsFinite(loss) ? Math.Exp(-samples * (loss - lowest) / temperature) : 0).ToArray();
        var sum = weights.Sum();
        return sum > 0 ? Array.ConvertAll(weights, weight => weight / sum) : weights;
    }

    /// <summary>(Σw)²/Σw² [Kish 1965]: as many equal samples would be as exact. 0 where all weights are zero.</summary>
    public static double EffectiveSamples(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var (sum, squares) = (weights.Sum(), weights.Sum(weight => weight * weight));
        return squares > 0 ? sum * sum / squares : 0;
    }
}
