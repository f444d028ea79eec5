namespace Dashboard.Analysis;

/// <summary>What the diagnosis needs of one histogram of gradients.</summary>
/// <param name="Count">Values counted.</param>
/// <param name="Norm">√Σx², each bin's values taken as spread evenly over it.</param>
/// <param name="Largest">Largest distance from zero of a bin that holds a value.</param>
public readonly record struct HistogramSummary(double Count, double Norm, double Largest)
{
    /// <summary>The summary of bins.</summary>
    /// <param name="edges">Rising edges, one more than bins.</param>
    /// <param name="counts">Values in each bin.</param>
    /// <exception cref="ArgumentException">There is not one edge more than there are counts.</exception>
    public static HistogramSummary Of(ReadOnlySpan<double> edges, ReadOnlySpan<double> counts)
    {
        if (edges.Length != counts.Length + 1)
            throw new ArgumentException($"{edges.Length} edges and {counts.Length} counts: there is one edge more than counts.", nameof(edges));
        double count = 0, squares = 0, largest = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            if (!(counts[bin] > 0))
                continue;
            var (low, high) = (edges[bin], edges[bin + 1]);
            // An open bin's values are at its finite edge at least.
            if (!double.IsFinite(low)) low = high;
            if (!double.IsFinite(high)) high = low;
            count += counts[bin];
            squares += counts[bin] * ((low * low) + (low * high) + (high * high)) / 3;
            largest = Math.Max(largest, Math.Max(Math.Abs(low), Math.Abs(high)));
        }
        return new HistogramSummary(count, Math.Sqrt(squares), largest);
    }
}
