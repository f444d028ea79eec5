namespace Dashboard.Analysis;

/// <summary>
/// Mixtures of normal distributions with full covariances, by expectation and maximisation [Dempster, Laird and Rubin 1977] from centres far apart [Arthur and Vassilvitskii 2007].
/// Points may have weights: they then count as (Σw)²/Σw² points, which is what the BIC is told.
/// </summary>
public static class GaussianMixture
{
    // Numbers of a fit that so many effective points carry: fewer would be fitted to chance.
    private const int PointsPerNumber = 5;

    /// <summary>Fits one mixture.</summary>
    /// <param name="points">Row after row.</param>
    /// <param name="dimensions">Numbers of a point.</param>
    /// <param name="weights">One a point, not negative; null for equal ones.</param>
    /// <param name="options">How many components, and when it ends.</param>
    /// <exception cref="VectorException">A number is not finite, the points do not differ in every direction, or there are fewer points with weight than components.</exception>
    public static MixtureResult Fit(double[] points, int dimensions, double[]? weights, MixtureOptions options)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(options);
        if (dimensions < 1 || points.Length == 0 || points.Length % dimensions != 0) throw new VectorException($"{points.Length} numbers are no points of {dimensions} dimensions.");
        var count = points.Length / dimensions;
        if (weights is not null && weights.Length != count) throw new VectorException($"There are {weights.Length} weights for {count} points.");
        if (!Array.TrueForAll(points, double.IsFinite)) throw new VectorException("A coordinate is not finite.");
        var scaled = Scaled(weights, count);
        if (options.Components < 1 || scaled.Count(weight => weight > 0) < options.Components)
            throw new VectorException($"components is {options.Components}: 1 at the least, and no more than points with weight.");
        MixtureRun? best = null;
        // One component has one answer.
        var starts = options.Components == 1 ? 1 : options.Starts;
        for (var start = 0; start < starts; start++)
        {
            var run = new MixtureRun(points, dimensions, scaled, options, start);
            run.Run();
            if (best is null || run.LogLikelihood > best.LogLikelihood) best = run;
        }
        return best!.Result(Numbers(options.Components, dimensions) * Math.Log(scaled.Sum()));
    }

    /// <summary>Fits 1, 2, … components, as many as the points carry, and says what the BIC is of each.</summary>
    /// <param name="points">Row after row.</param>
    /// <param name="dimensions">Numbers of a point.</param>
    /// <param name="weights">One a point, not negative; null for equal ones.</param>
    /// <param name="most">Components at the most.</param>
    /// <param name="options">Everything but the number of components.</param>
    /// <returns>A fit for each number of components, in order.</returns>
    /// <exception cref="VectorException">As for one fit.</exception>
    public static IReadOnlyList<MixtureResult> Compare(double[] points, int dimensions, double[]? weights, int most, MixtureOptions options)
    {
        ArgumentNullException.ThrowIfNull(points);
        var fits = new List<MixtureResult>();
        var effective = Scaled(weights, points.Length / Math.Max(1, dimensions)).Sum();
        for (var components = 1; components <= most; components++)
        {
            if (components > 1 && effective < PointsPerNumber * Numbers(components, dimensions)) break;
            fits.Add(Fit(points, dimensions, weights, options with { Components = components }));
        }
        return fits;
    }

    /// <summary>Free numbers: shares, means, covariances.</summary>
    private static int Numbers(int components, int dimensions) => components - 1 + components * (dimensions + dimensions * (dimensions + 1) / 2);

    // Summing to the effective number of points.
    private static double[] Scaled(double[]? weights, int count)
    {
        if (weights is null)
        {
            var ones = new double[count];
            Array.Fill(ones, 1);
            return ones;
        }
        if (!Array.TrueForAll(weights, weight => weight >= 0 && double.IsFinite(weight))) throw new VectorException("A weight is negative or not finite.");
        var (sum, squares) = (weights.Sum(), weights.Sum(weight => weight * weight));
        if (!(sum > 0)) throw new VectorException("All weights are zero.");
        return Array.ConvertAll(weights, weight => weight * sum / squares);
    }
}
