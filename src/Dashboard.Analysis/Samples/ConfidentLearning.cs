namespace Dashboard.Analysis;

/// <summary>
/// Finds samples that are likely labelled wrongly [Northcutt, Jiang and Chuang 2021, Confident Learning]: those that the model takes for another class with at
/// least the confidence that samples of that class have on average. Made for probabilities of samples that the model was not trained on; of a training set that was
/// learned by heart little is found.
/// </summary>
public static class ConfidentLearning
{
    // A probability that equals its threshold, as where all of a class are equally sure, must not miss it by the rounding of a mean.
    private const double Slack = 1e-9;

    /// <summary>Looks at every sample.</summary>
    /// <param name="labels">True class of each sample as labelled, from 0 to below the number of classes.</param>
    /// <param name="probabilities">Row after row; of one column, the probability of class 1 of two.</param>
    /// <param name="columns">Length of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The two are not of as many samples, or a label is outside the classes.</exception>
    public static MislabelResult Find(ReadOnlySpan<long> labels, ReadOnlySpan<double> probabilities, int columns)
    {
        if (columns < 1 || (long)labels.Length * columns != probabilities.Length)
            throw new ArgumentException($"There are {labels.Length} labels and {probabilities.Length} probabilities in rows of {columns}.", nameof(probabilities));
        var classes = Math.Max(columns, 2);
        var thresholds = new double[classes];
        var counts = new long[classes];
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0 || labels[row] >= classes)
                throw new ArgumentException($"Label {labels[row]} is outside the {classes} classes.", nameof(labels));
            var label = (int)labels[row];
            thresholds[label] += SampleScores.Of(probabilities.Slice(row * columns, columns), label);
            counts[label]++;
        }
        for (var at = 0; at < classes; at++)
            thresholds[at] = counts[at] > 0 ? thresholds[at] / counts[at] : double.NaN;
        var (suggested, margins) = (new int[labels.Length], new double[labels.Length]);
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = probabilities.Slice(row * columns, columns);
            var confident = -1;
            for (var at = 0; at < classes; at++)
            {
                // A class without samples has no threshold, and nothing is said to belong to it.
                if (SampleScores.Of(scores, at) >= thresholds[at] - Slack && (confident < 0 || SampleScores.Of(scores, at) > SampleScores.Of(scores, confident)))
                    confident = at;
            }
            suggested[row] = confident == labels[row] ? -1 : confident;
            margins[row] = SampleScores.Margin(scores, (int)labels[row]);
        }
        return new MislabelResult(thresholds, suggested, margins);
    }
}
