namespace Dashboard.Analysis;

/// <summary>Weights that make up for classes of different sizes. A class without samples has none: there is nothing to weigh.</summary>
public static class ClassWeights
{
    /// <summary>n/(C·n_c) of each class, C counting the classes that have samples: every class then weighs the same, and a sample 1 on average.</summary>
    /// <returns>One weight a class, NaN where it has no sample.</returns>
    public static double[] Balanced(ReadOnlySpan<long> counts)
    {
        double total = 0;
        var present = 0;
        foreach (var count in counts)
        {
            total += count;
            present += count > 0 ? 1 : 0;
        }
        var weights = new double[counts.Length];
        for (var at = 0; at < counts.Length; at++)
            weights[at] = counts[at] > 0 ? total / ((double)present * counts[at]) : double.NaN;
        return weights;
    }

    /// <summary>Samples of the largest class over those of each: how often a sample must be drawn for all classes to be seen alike, 1 or more.</summary>
    /// <returns>One factor a class, NaN where it has no sample.</returns>
    public static double[] Oversampling(ReadOnlySpan<long> counts)
    {
        long largest = 0;
        foreach (var count in counts)
            largest = Math.Max(largest, count);
        var factors = new double[counts.Length];
        for (var at = 0; at < counts.Length; at++)
            factors[at] = counts[at] > 0 ? largest / (double)counts[at] : double.NaN;
        return factors;
    }
}
