namespace Dashboard.Server;

/// <summary>Bins of a distribution: edges rise and are one more than counts; NaN and infinities are counted apart.</summary>
internal sealed record Histogram(double[] Edges, double[] Counts, long NonFinite)
{
    /// <summary>Bins of a histogram made from raw values.</summary>
    public const int Bins = 64;

    /// <summary>Sorts values into equal bins over the finite ones; the last bin holds its upper edge too.</summary>
    public static Histogram Of(ReadOnlySpan<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        long nonFinite = 0;
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                nonFinite++;
                continue;
            }
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
        if (min > max)
            return new Histogram([0, 1], [0], nonFinite);
        var edges = Edge(min, max);
        var counts = new double[edges.Length - 1];
        var scale = counts.Length / (edges[^1] / 2 - edges[0] / 2);
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                continue;
            var bin = Math.Clamp((int)((value / 2 - edges[0] / 2) * scale), 0, counts.Length - 1);
            // The division rounds; the edges themselves decide.
            while (bin > 0 && value < edges[bin])
                bin--;
            while (bin < counts.Length - 1 && value >= edges[bin + 1])
                bin++;
            counts[bin]++;
        }
        return new Histogram(edges, counts, nonFinite);
    }

    private static double[] Edge(double min, double max)
    {
        if (min == max)
        {
            // One distinct value gets one bin around it, a thousandth of the value wide on either side.
            var half = Math.Max(Math.Abs(min) / 1000, 1e-6);
            var (low, high) = (Math.Max(min - half, double.MinValue), Math.Min(max + half, double.MaxValue));
            return [low, high];
        }
        var edges = new double[Bins + 1];
        for (var at = 0; at <= Bins; at++)
            edges[at] = min * (1 - (double)at / Bins) + max * ((double)at / Bins);
        edges[0] = min;
        edges[Bins] = max;
        // Values a few units in the last place apart leave no room for 64 different edges.
        for (var at = 1; at <= Bins; at++)
        {
            if (edges[at] <= edges[at - 1])
                return [min, max];
        }
        return edges;
    }
}
