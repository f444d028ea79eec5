namespace Dashboard.Analysis;

/// <summary>Means and centred second moments of the pairs whose members are both finite.</summary>
/// <param name="Count">How many pairs.</param>
/// <param name="MeanX">Mean of x.</param>
/// <param name="MeanY">Mean of y.</param>
/// <param name="ScaleX">Largest distance of an x from its mean; 0 where x is constant.</param>
/// <param name="ScaleY">The same of y.</param>
/// <param name="Sxx">Σ((x − x̄)/ScaleX)², 0 where x is constant.</param>
/// <param name="Syy">Σ((y − ȳ)/ScaleY)².</param>
/// <param name="Sxy">Σ(x − x̄)(y − ȳ)/(ScaleX·ScaleY).</param>
internal readonly record struct Moments(int Count, double MeanX, double MeanY, double ScaleX, double ScaleY, double Sxx, double Syy, double Sxy)
{
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static Moments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} values of x and {y.Length} of y: each x needs its y.", nameof(y));
        var count = Means(x, y, out var meanX, out var meanY, out var constantX, out var constantY);
        if (count == 0)
            return new Moments(0, double.NaN, double.NaN, 0, 0, 0, 0, 0);
        double scaleX = 0, scaleY = 0;
        for (var at = 0; at < x.Length; at++)
        {
            if (!double.IsFinite(x[at]) || !double.IsFinite(y[at]))
                continue;
            scaleX = Math.Max(scaleX, Math.Abs(x[at] - meanX));
            scaleY = Math.Max(scaleY, Math.Abs(y[at] - meanY));
        }
        // The mean of equal numbers need not be that number to the last bit.
        if (constantX)
            scaleX = 0;
        if (constantY)
            scaleY = 0;
        double sxx = 0, syy = 0, sxy = 0;
        for (var at = 0; at < x.Length; at++)
        {
            if (!double.IsFinite(x[at]) || !double.IsFinite(y[at]))
                continue;
            var dx = scaleX > 0 ? (x[at] - meanX) / scaleX : 0;
            var dy = scaleY > 0 ? (y[at] - meanY) / scaleY : 0;
            sxx += dx * dx;
            syy += dy * dy;
            sxy += dx * dy;
        }
        return new Moments(count, meanX, meanY, scaleX, scaleY, sxx, syy, sxy);
    }

    private static int Means(ReadOnlySpan<double> x, ReadOnlySpan<double> y, out double meanX, out double meanY, out bool constantX, out bool constantY)
    {
        var count = 0;
        double firstX = 0, firstY = 0, sumX = 0, sumY = 0;
        constantX = constantY = true;
        for (var at = 0; at < x.Length; at++)
        {
            if (!double.IsFinite(x[at]) || !double.IsFinite(y[at]))
                continue;
            if (count++ == 0)
                (firstX, firstY) = (x[at], y[at]);
            constantX &= x[at] == firstX;
            constantY &= y[at] == firstY;
            // Differences from the first value: the sum of numbers far from zero would lose their last digits.
            sumX += x[at] - firstX;
            sumY += y[at] - firstY;
        }
        meanX = firstX + (sumX / count);
        meanY = firstY + (sumY / count);
        return count;
    }
}
