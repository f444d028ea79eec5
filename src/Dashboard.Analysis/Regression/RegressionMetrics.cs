namespace Dashboard.Analysis;

/// <summary>How far predicted values are from their targets, of one output.</summary>
/// <remarks>As scikit-learn defines them. What is undefined is NaN: R² and explained variance of a constant target, the percentage error where a target is 0, everything without samples.</remarks>
/// <param name="Samples">Pairs whose members are both finite; only these count.</param>
/// <param name="NonFinite">Pairs left out.</param>
/// <param name="RSquared">1 − Σe²/Σ(y − ȳ)², at most 1; below 0 where the mean would have been better.</param>
/// <param name="ExplainedVariance">1 − Var(e)/Var(y): R² without the bias.</param>
/// <param name="MeanAbsolute">Mean |e|.</param>
/// <param name="RootMeanSquare">√(mean e²).</param>
/// <param name="MedianAbsolute">Median |e|.</param>
/// <param name="MeanPercentage">Mean |e/y|, 1 for 100 %.</param>
/// <param name="LargestAbsolute">Largest |e|.</param>
/// <param name="Bias">Mean of the residuals e = predicted − target.</param>
public readonly record struct RegressionMetrics(
    int Samples, int NonFinite, double RSquared, double ExplainedVariance, double MeanAbsolute, double RootMeanSquare, double MedianAbsolute, double MeanPercentage,
    double LargestAbsolute, double Bias)
{
    /// <summary>Compares predicted values with their targets.</summary>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static RegressionMetrics Of(ReadOnlySpan<double> targets, ReadOnlySpan<double> predicted)
    {
        if (targets.Length != predicted.Length)
            throw new ArgumentException($"{targets.Length} targets and {predicted.Length} predicted values: each target needs its own.", nameof(predicted));
        var sizes = new double[targets.Length];
        var count = 0;
        double mean = 0, bias = 0, squares = 0, absolute = 0, percentage = 0, largest = 0;
        for (var at = 0; at < targets.Length; at++)
        {
            if (!double.IsFinite(targets[at]) || !double.IsFinite(predicted[at]))
                continue;
            var residual = predicted[at] - targets[at];
            sizes[count++] = Math.Abs(residual);
            mean += targets[at];
            bias += residual;
            squares += residual * residual;
            absolute += Math.Abs(residual);
            percentage += targets[at] == 0 ? double.NaN : Math.Abs(residual / targets[at]);
            largest = Math.Max(largest, Math.Abs(residual));
        }
        var nonFinite = targets.Length - count;
        if (count == 0)
            return new RegressionMetrics(0, nonFinite, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        mean /= count;
        bias /= count;
        var (total, varied) = Spread(targets, predicted, mean, bias);
        Array.Sort(sizes, 0, count);
        return new RegressionMetrics(
            count, nonFinite, total > 0 ? 1 - (squares / total) : double.NaN, total > 0 ? 1 - (varied / total) : double.NaN, absolute / count, Math.Sqrt(squares / count),
            Median(sizes.AsSpan(0, count)), percentage / count, largest, bias);
    }

    // A second pass: differences from the mean lose nothing where values are far from zero.
    private static (double Total, double Varied) Spread(ReadOnlySpan<double> targets, ReadOnlySpan<double> predicted, double mean, double bias)
    {
        double total = 0, varied = 0, first = double.NaN;
        var constant = true;
        for (var at = 0; at < targets.Length; at++)
        {
            if (!double.IsFinite(targets[at]) || !double.IsFinite(predicted[at]))
                continue;
            if (double.IsNaN(first))
                first = targets[at];
            constant &= targets[at] == first;
            total += (targets[at] - mean) * (targets[at] - mean);
            var off = predicted[at] - targets[at] - bias;
            varied += off * off;
        }
        // The mean of equal numbers need not be that number to the last bit.
        return (constant ? 0 : total, varied);
    }

    private static double Median(ReadOnlySpan<double> sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
