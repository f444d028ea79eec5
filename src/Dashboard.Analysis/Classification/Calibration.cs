namespace Dashboard.Analysis;

/// <summary>How far probabilities come true: reliability bins and the expected calibration error Σ n_b/n·|frequency − probability| [Guo et al. 2017].</summary>
/// <param name="OfPredicted">Whether it is about the predicted class of many; else about class 1 of two.</param>
/// <param name="Bins">Bins of equal width over 0 to 1.</param>
/// <param name="Expected">Expected calibration error, 0 to 1.</param>
/// <param name="Largest">Largest difference of a bin that has samples.</param>
public sealed record Calibration(bool OfPredicted, IReadOnlyList<CalibrationBin> Bins, double Expected, double Largest)
{
    /// <summary>Bins a diagram has: with more, small evaluation sets leave most of them empty.</summary>
    public const int DefaultBins = 10;

    /// <summary>The calibration of samples; null where the scores are no probabilities.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one bin.</exception>
    public static Calibration? Of(ScoredSamples samples, int bins = DefaultBins)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (!samples.AreProbabilities)
            return null;
        var ofPredicted = samples.Classes > 2;
        var (counts, sums, hits) = (new long[bins], new double[bins], new long[bins]);
        for (var row = 0; row < samples.Rows; row++)
        {
            var label = samples.Labels[row];
            if (label < 0)
                continue;
            var @class = ofPredicted ? samples.Predicted[row] : 1;
            var probability = samples.Score(row, @class);
            var bin = Bin(probability, bins);
            counts[bin]++;
            sums[bin] += probability;
            if (label == @class)
                hits[bin]++;
        }
        return Sum(ofPredicted, samples.Used, counts, sums, hits);
    }

    private static Calibration Sum(bool ofPredicted, int samples, long[] counts, double[] sums, long[] hits)
    {
        var made = new CalibrationBin[counts.Length];
        double expected = 0, largest = 0;
        for (var at = 0; at < made.Length; at++)
        {
            made[at] = new CalibrationBin(
                Edge(at, made.Length), Edge(at + 1, made.Length), counts[at], ClassificationMetrics.Share(sums[at], counts[at]), ClassificationMetrics.Share(hits[at], counts[at]));
            if (counts[at] == 0)
                continue;
            var off = Math.Abs(made[at].Frequency - made[at].Probability);
            expected += off * counts[at] / samples;
            largest = Math.Max(largest, off);
        }
        return new Calibration(ofPredicted, made, expected, largest);
    }

    private static int Bin(double probability, int bins)
    {
        var bin = Math.Clamp((int)(probability * bins), 0, bins - 1);
        // The product rounds; the edges decide, and one that lies on an edge belongs below it.
        while (bin > 0 && probability <= Edge(bin, bins))
            bin--;
        while (bin < bins - 1 && probability > Edge(bin + 1, bins))
            bin++;
        return bin;
    }

    private static double Edge(int at, int bins) => at == bins ? 1 : at * (1.0 / bins);
}
