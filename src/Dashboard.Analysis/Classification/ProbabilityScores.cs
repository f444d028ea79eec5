namespace Dashboard.Analysis;

/// <summary>Measures of scores that are probabilities.</summary>
public static class ProbabilityScores
{
    /// <summary>A probability is not taken to be below this or above 1 less this, as in scikit-learn: one certain mistake would otherwise be infinite.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>Mean of −ln p of the true class, each row divided by its sum; NaN where the scores are no probabilities.</summary>
    public static double LogLoss(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Mean(samples, static (row, label) =>
        {
            if (row.Length == 1)
            {
                var one = Clip(row[0]);
                // As a row of two that is divided by its sum.
                var (zero, total) = (1 - one, 1 - one + one);
                return -Math.Log((label == 1 ? one : zero) / total);
            }
            double sum = 0;
            foreach (var score in row)
                sum += Clip(score);
            return -Math.Log(Clip(row[label]) / sum);
        });
    }

    /// <summary>Mean squared difference of the probabilities from what was: with two classes (p₁ − y)², with more the sum over classes [Brier 1950]; NaN where the scores are no probabilities.</summary>
    public static double Brier(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Mean(samples, static (row, label) =>
        {
            if (row.Length <= 2)
            {
                var off = row[^1] - label;
                return off * off;
            }
            double sum = 0;
            for (var column = 0; column < row.Length; column++)
            {
                var off = row[column] - (column == label ? 1 : 0);
                sum += off * off;
            }
            return sum;
        });
    }

    private delegate double OfRow(ReadOnlySpan<double> row, int label);

    private static double Mean(ScoredSamples samples, OfRow measure)
    {
        if (!samples.AreProbabilities)
            return double.NaN;
        double sum = 0;
        for (var row = 0; row < samples.Rows; row++)
        {
            if (samples.Labels[row] >= 0)
                sum += measure(samples.Scores.AsSpan(row * samples.Columns, samples.Columns), samples.Labels[row]);
        }
        return sum / samples.Used;
    }

    private static double Clip(double probability) => Math.Clamp(probability, Epsilon, 1 - Epsilon);
}
