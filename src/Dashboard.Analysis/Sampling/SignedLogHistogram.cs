namespace Dashboard.Analysis;

/// <summary>Counts of numbers of either sign over many orders of magnitude: four bins a decade on both sides, over eight decades at the most, and one bin around zero for all that is smaller.</summary>
public static class SignedLogHistogram
{
    private const int BinsPerDecade = 4;
    private const int MostDecades = 8;

    /// <summary>Counts the finite values.</summary>
    /// <returns>Rising edges, and one count less; both empty where there is no finite value. One bin around zero where all are zero.</returns>
    public static (double[] Edges, double[] Counts) Of(ReadOnlySpan<double> values)
    {
        var (largest, smallest, any) = (0.0, double.PositiveInfinity, false);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            any = true;
            var size = Math.Abs(value);
            largest = Math.Max(largest, size);
            if (size > 0) smallest = Math.Min(smallest, size);
        }
        if (!any) return ([], []);
        if (largest == 0) return ([-1e-12, 1e-12], [values.Length - CountNonFinite(values)]);
        // Just above the largest, so that it is within.
        var high = (int)Math.Floor(Math.Log10(largest) * BinsPerDecade) + 1;
        var low = Math.Max(high - MostDecades * BinsPerDecade, (int)Math.Ceiling(Math.Log10(smallest) * BinsPerDecade) - 1);
        var bins = high - low;
        var edges = new double[2 * (bins + 1)];
        for (var i = 0; i <= bins; i++)
        {
            edges[bins + 1 + i] = Math.Pow(10, (low + i) / (double)BinsPerDecade);
            edges[bins - i] = -edges[bins + 1 + i];
        }
        var counts = new double[edges.Length - 1];
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            var at = Array.BinarySearch(edges, value);
            counts[Math.Clamp(at >= 0 ? at : ~at - 1, 0, counts.Length - 1)]++;
        }
        return (edges, counts);
    }

    private static int CountNonFinite(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) count++;
        }
        return count;
    }
}
