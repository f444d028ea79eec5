namespace Dashboard.Analysis;

/// <summary>What comes of taking for a class whatever scores at least a threshold.</summary>
/// <param name="Threshold">The score from which on.</param>
/// <param name="TruePositives">Samples of the class that are taken for it.</param>
/// <param name="FalsePositives">Others that are.</param>
/// <param name="FalseNegatives">Samples of the class that are not.</param>
/// <param name="TrueNegatives">Others that are not.</param>
public readonly record struct OperatingPoint(double Threshold, long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>TP/(TP + FP); NaN where nothing is taken.</summary>
    public double Precision => ClassificationMetrics.Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>TP/(TP + FN), the true positive rate; NaN without samples of the class.</summary>
    public double Recall => ClassificationMetrics.Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>FP/(FP + TN); NaN without other samples.</summary>
    public double FalsePositiveRate => ClassificationMetrics.Share(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>2·TP/(2·TP + FP + FN); NaN where that is 0/0.</summary>
    public double F1 => ClassificationMetrics.Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Share of samples that are decided rightly; NaN without samples.</summary>
    public double Accuracy => ClassificationMetrics.Share(TruePositives + TrueNegatives, TruePositives + FalsePositives + FalseNegatives + TrueNegatives);

    /// <summary>Counts one class against the rest. With one column and class 0 a threshold is of the probability of class 0, or of the negative logit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static OperatingPoint At(ScoredSamples samples, int @class, double threshold)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegative(@class);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(@class, samples.Classes);
        Span<long> counts = stackalloc long[4];
        var offset = Ranking.Offset(samples, @class);
        for (var row = 0; row < samples.Rows; row++)
        {
            if (samples.Labels[row] < 0)
                continue;
            var taken = samples.Score(row, @class) + offset >= threshold;
            counts[(samples.Labels[row] == @class ? 0 : 1) + (taken ? 0 : 2)]++;
        }
        return new OperatingPoint(threshold, counts[0], counts[1], counts[2], counts[3]);
    }
}
