namespace Dashboard.Analysis;

/// <summary>Measures of predicted classes.</summary>
/// <remarks>
/// As scikit-learn defines them. A class whose precision, recall or F1 is 0/0 has none (NaN) of its own; averages take 0 for it, over the classes that occur among labels or predictions
/// (<c>zero_division=0</c> and the default <c>labels</c> there). [Sokolova and Lapalme 2009; for Matthews with many classes Gorodkin 2004]
/// </remarks>
public static class ClassificationMetrics
{
    /// <summary>Share of samples whose prediction is right; NaN without samples.</summary>
    public static double Accuracy(ConfusionCounts counts) => Share(counts.Right, counts.Samples);

    /// <summary>Of what was predicted a class, the share that is of it.</summary>
    public static ClassAverages Precision(ConfusionCounts counts) =>
        Average(counts, Of(counts, at => Share(counts.Correct[at], counts.PredictedCounts[at])), Accuracy(counts));

    /// <summary>Of what is of a class, the share that was predicted so.</summary>
    public static ClassAverages Recall(ConfusionCounts counts) =>
        Average(counts, Of(counts, at => Share(counts.Correct[at], counts.Support[at])), Accuracy(counts));

    /// <summary>Harmonic mean of precision and recall: 2·TP/(2·TP + FP + FN).</summary>
    public static ClassAverages F1(ConfusionCounts counts) =>
        Average(counts, Of(counts, at => Share(2 * counts.Correct[at], counts.Support[at] + counts.PredictedCounts[at])), Accuracy(counts));

    /// <summary>Mean recall over the classes that have samples; NaN without any.</summary>
    public static double BalancedAccuracy(ConfusionCounts counts)
    {
        double sum = 0;
        var classes = 0;
        for (var at = 0; at < counts.Classes; at++)
        {
            if (counts.Support[at] == 0)
                continue;
            sum += Share(counts.Correct[at], counts.Support[at]);
            classes++;
        }
        return classes == 0 ? double.NaN : sum / classes;
    }

    /// <summary>Matthews' correlation of labels and predictions, −1 to 1; NaN where either has one value only.</summary>
    public static double Matthews(ConfusionCounts counts)
    {
        double n = counts.Samples, products = 0, predicted = 0, support = 0;
        for (var at = 0; at < counts.Classes; at++)
        {
            products += (double)counts.PredictedCounts[at] * counts.Support[at];
            predicted += (double)counts.PredictedCounts[at] * counts.PredictedCounts[at];
            support += (double)counts.Support[at] * counts.Support[at];
        }
        var (left, right) = ((n * n) - predicted, (n * n) - support);
        return left > 0 && right > 0 ? ((counts.Right * n) - products) / (Math.Sqrt(left) * Math.Sqrt(right)) : double.NaN;
    }

    /// <summary>Share of samples whose class is among the <paramref name="k"/> highest scores; of equal scores the lower class comes first, so that k = 1 is the accuracy.</summary>
    public static double TopK(ScoredSamples samples, int k)
    {
        ArgumentNullException.ThrowIfNull(samples);
        long within = 0;
        for (var row = 0; row < samples.Rows; row++)
        {
            var label = samples.Labels[row];
            if (label >= 0 && Before(samples, row, label, k) < k)
                within++;
        }
        return Share(within, samples.Used);
    }

    /// <summary>0/0 is NaN.</summary>
    internal static double Share(double part, double whole) => whole > 0 ? part / whole : double.NaN;

    private static int Before(ScoredSamples samples, int row, int label, int enough)
    {
        if (samples.Columns == 1)
            return samples.Predicted[row] == label ? 0 : 1;
        var scores = samples.Scores.AsSpan(row * samples.Columns, samples.Columns);
        var before = 0;
        for (var column = 0; column < scores.Length && before < enough; column++)
        {
            if (scores[column] > scores[label] || (column < label && scores[column] == scores[label]))
                before++;
        }
        return before;
    }

    private static double[] Of(ConfusionCounts counts, Func<int, double> measure)
    {
        var values = new double[counts.Classes];
        for (var at = 0; at < values.Length; at++)
            values[at] = measure(at);
        return values;
    }

    // With one class a sample, what one class wins another loses: over all decisions precision, recall and F1 are the accuracy.
    private static ClassAverages Average(ConfusionCounts counts, double[] perClass, double micro)
    {
        double macro = 0, weighted = 0;
        var occurring = 0;
        for (var at = 0; at < perClass.Length; at++)
        {
            if (counts.Support[at] + counts.PredictedCounts[at] == 0)
                continue;
            occurring++;
            var value = double.IsNaN(perClass[at]) ? 0 : perClass[at];
            macro += value;
            weighted += value * counts.Support[at];
        }
        return new ClassAverages(occurring == 0 ? double.NaN : macro / occurring, micro, Share(weighted, counts.Samples), perClass);
    }
}
