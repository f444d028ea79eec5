namespace Dashboard.Analysis;

/// <summary>How often each class was taken for each: counts a class, and the cells that are not zero.</summary>
public sealed class ConfusionCounts
{
    private readonly Dictionary<(int Label, int Predicted), long> _cells = [];

    private ConfusionCounts(int classes)
    {
        Support = new long[classes];
        PredictedCounts = new long[classes];
        Correct = new long[classes];
    }

    /// <summary>Samples of each class.</summary>
    public long[] Support { get; }

    /// <summary>How often each class was predicted.</summary>
    public long[] PredictedCounts { get; }

    /// <summary>How often it was predicted rightly.</summary>
    public long[] Correct { get; }

    /// <summary>Classes there are scores for.</summary>
    public int Classes => Support.Length;

    /// <summary>Samples that count.</summary>
    public long Samples { get; private set; }

    /// <summary>Samples whose prediction is right.</summary>
    public long Right { get; private set; }

    /// <summary>Counts samples.</summary>
    public static ConfusionCounts Of(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var counts = new ConfusionCounts(samples.Classes);
        var labels = samples.Labels;
        var predicted = samples.Predicted;
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] >= 0)
                counts.Add(labels[row], predicted[row]);
        }
        return counts;
    }

    /// <summary>Counts classes that were predicted, without scores; what is below 0 on either side is left out.</summary>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static ConfusionCounts Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> predicted, int classes)
    {
        if (labels.Length != predicted.Length)
            throw new ArgumentException($"{labels.Length} labels and {predicted.Length} predictions: each label needs its own.", nameof(predicted));
        var counts = new ConfusionCounts(classes);
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] >= 0 && predicted[row] >= 0)
                counts.Add(labels[row], predicted[row]);
        }
        return counts;
    }

    /// <summary>The whole matrix: a row a true class, a column a predicted one.</summary>
    public long[][] ToMatrix()
    {
        var matrix = new long[Classes][];
        for (var label = 0; label < Classes; label++)
            matrix[label] = new long[Classes];
        foreach (var ((label, predicted), count) in _cells)
            matrix[label][predicted] = count;
        return matrix;
    }

    /// <summary>Mistakes by number, the most frequent first; equal ones by class.</summary>
    public IReadOnlyList<ClassConfusion> Mistakes(int most) =>
        [.. _cells.Where(cell => cell.Key.Label != cell.Key.Predicted).Select(cell => new ClassConfusion(cell.Key.Label, cell.Key.Predicted, cell.Value))
            .OrderByDescending(cell => cell.Count).ThenBy(cell => cell.Label).ThenBy(cell => cell.Predicted).Take(most)];

    private void Add(int label, int predicted)
    {
        Samples++;
        Support[label]++;
        PredictedCounts[predicted]++;
        if (label == predicted)
        {
            Right++;
            Correct[label]++;
        }
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, (label, predicted), out _)++;
    }
}
