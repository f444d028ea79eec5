namespace Dashboard.Analysis;

/// <summary>Medians and quantiles, which one wild value does not move.</summary>
internal static class OrderStatistics
{
    /// <summary>The median of finite values; NaN of none.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.Length <= 2)
            return values.Length == 0 ? double.NaN : values.Length == 1 ? values[0] : Middle(values[0], values[1]);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Sorted(sorted, 0.5);
    }

    /// <summary>The quantile of values that are sorted, straight between neighbours.</summary>
    public static double Sorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var part = place - below;
        return part == 0 ? sorted[below] : (sorted[below] * (1 - part)) + (sorted[above] * part);
    }

    // Halved first: the sum of two large doubles may overflow.
    private static double Middle(double a, double b) => (a / 2) + (b / 2);
}
