namespace Dashboard.Client;

/// <summary>Bins of equal width on a signed logarithmic scale, the same as the Python client's: four a decade from 1e-10 to 1e6, one around zero, one beyond each end.</summary>
internal static class SignedLogBins
{
    public const int Low = -10;
    public const int High = 6;
    public const int PerDecade = 4;
    private const int Spans = PerDecade * (High - Low);

    // Number of the bin around zero; as many lie on either side.
    private const int Center = Spans + 1;

    /// <summary>All edges, rising.</summary>
    public static IReadOnlyList<double> Edges { get; } = Make();

    /// <summary>Counts the finite values.</summary>
    /// <returns>Edges (one more than counts) from the first bin that holds something to the last, and the counts; null where no value is finite.</returns>
    public static (double[] Edges, long[] Counts)? Count(ReadOnlySpan<float> values)
    {
        var counts = new long[2 * Center + 1];
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                counts[Bin(value)]++;
        }

        var first = Array.FindIndex(counts, count => count > 0);
        if (first < 0)
            return null;
        var last = Array.FindLastIndex(counts, count => count > 0);
        return ([.. Edges.Skip(first).Take(last - first + 2)], counts[first..(last + 1)]);
    }

    private static int Bin(double value)
    {
        if (value == 0)
            return Center;
        var far = (int)Math.Clamp(Math.Floor((Math.Log10(Math.Abs(value)) - Low) * PerDecade) + 1, 0, Spans + 1);
        return value > 0 ? Center + far : Center - far;
    }

    private static double[] Make()
    {
        var rising = Enumerable.Range(0, Spans + 1).Select(at => Math.Pow(10, Low + at / (double)PerDecade)).Append(double.MaxValue).ToList();
        return [.. Enumerable.Reverse(rising).Select(edge => -edge), .. rising];
    }
}
