namespace Dashboard.Analysis;

/// <summary>Ordinary least squares with one regressor.</summary>
/// <remarks>
/// Slope Sxy/Sxx, intercept ȳ − slope·x̄, standard error of the slope √(SSE/(n−2)/Sxx), R² = 1 − SSE/Syy
/// [Draper and Smith, Applied Regression Analysis, 3rd ed., chapter 1]. Two passes: the sums are of differences from the means, and the residuals are taken
/// one by one, so that values far from zero (wall times, say) lose nothing to cancellation [Chan, Golub and LeVeque 1983].
/// </remarks>
public static class LeastSquares
{
    /// <summary>The line through the points whose coordinates are both finite, or null where fewer than two are, where all have one x, or where the slope is beyond what a double holds.</summary>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static LineFit? Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var moments = Moments.Of(x, y);
        // Scaled by the largest difference, squares of tiny or huge values neither vanish nor overflow.
        if (moments.Count < 2 || !(moments.ScaleX > 0) || !double.IsFinite(moments.ScaleX) || !double.IsFinite(moments.ScaleY))
            return null;
        var units = moments.ScaleY / moments.ScaleX;
        var scaled = moments.Sxy / moments.Sxx;
        var sse = ResidualSquares(x, y, moments, scaled);
        var slope = scaled * units;
        if (!double.IsFinite(slope))
            return null;
        return new LineFit(
            slope,
            moments.Count > 2 ? Math.Sqrt(sse / (moments.Count - 2) / moments.Sxx) * units : double.NaN,
            moments.MeanY - (slope * moments.MeanX),
            moments.ScaleY > 0 ? Math.Clamp(1 - (sse / moments.Syy), 0, 1) : double.NaN,
            moments.Count);
    }

    private static double ResidualSquares(ReadOnlySpan<double> x, ReadOnlySpan<double> y, in Moments moments, double scaledSlope)
    {
        if (!(moments.ScaleY > 0))
            return 0;
        double sum = 0;
        for (var at = 0; at < x.Length; at++)
        {
            if (!double.IsFinite(x[at]) || !double.IsFinite(y[at]))
                continue;
            var residual = ((y[at] - moments.MeanY) / moments.ScaleY) - (scaledSlope * ((x[at] - moments.MeanX) / moments.ScaleX));
            sum += residual * residual;
        }
        return sum;
    }
}
