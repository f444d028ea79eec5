namespace Dashboard.Client;

/// <summary>Equal bins over the finite values of a tensor.</summary>
internal static class HistogramBins
{
    public const int Bins = 64;

    /// <summary>Counts the values; those that are not finite have no bin and are left out.</summary>
    /// <returns>Edges (one more than bins) and counts; null where no value is finite.</returns>
    public static (double[] Edges, long[] Counts)? Count(ReadOnlySpan<float> values)
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        if (min > max)
            return null;
        // All values alike: half a unit to either side, and more where the value is so large that half a unit vanishes.
        var pad = min == max ? Math.Max(0.5, Math.Abs((double)min) * 1e-6) : 0;
        double low = min - pad, high = max + pad, width = (high - low) / Bins;
        var edges = new double[Bins + 1];
        for (var i = 0; i <= Bins; i++)
            edges[i] = i == Bins ? high : low + i * width;
        var counts = new long[Bins];
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                counts[Math.Clamp((int)((value - low) / width), 0, Bins - 1)]++;
        }

        return (edges, counts);
    }
}
