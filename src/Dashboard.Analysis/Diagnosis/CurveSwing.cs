namespace Dashboard.Analysis;

/// <summary>How widely the newer half of a curve swings around its course, and whether it does so in a beat.</summary>
internal static class CurveSwing
{
    private const int Fewest = 12;

    private const int Short = 64;

    // A beat of a hundred points is no longer one of the learning rate; and lags times points is what this costs.
    private const int MostPoints = 256, LongestPeriod = 64;

    public static void Read(CleanCurve clean, FeatureRow row)
    {
        var count = Math.Min(Math.Max(clean.Count / 2, Math.Min(clean.Count, 24)), MostPoints);
        if (count < Fewest)
            return;
        var from = clean.Count - count;
        var values = clean.Values.AsSpan(from);
        var residuals = Residuals(values, out var slope);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var (low, high, level) = (OrderStatistics.Sorted(sorted, 0.05), OrderStatistics.Sorted(sorted, 0.95), OrderStatistics.Sorted(sorted, 0.5));
        Array.Sort(sorted = (double[])residuals.Clone());
        var swing = (OrderStatistics.Sorted(sorted, 0.95) - OrderStatistics.Sorted(sorted, 0.05)) / 2;
        row[CurveFeature.Swing] = CurveReading.Ratio(swing, Math.Abs(level));
        row[CurveFeature.SwingOfStart] = swing / CurveReading.Scale(clean, clean.Turned(row[CurveFeature.Start]));
        row[CurveFeature.SwingFrom] = clean.Steps[from];
        row[CurveFeature.SwingLow] = clean.Original(low);
        row[CurveFeature.SwingHigh] = clean.Original(high);
        row[CurveFeature.SwingTrend] = CurveReading.Ratio(slope * count, swing);
        row[CurveFeature.Alternation] = Alternation(values);
        // A beat takes two periods at least to show, so short curves are heard whole.
        var all = Math.Min(clean.Count, Math.Max(count, Short));
        var (strength, period) = Beat(all == count ? residuals : Residuals(clean.Values.AsSpan(clean.Count - all), out _));
        row[CurveFeature.Periodicity] = strength;
        row[CurveFeature.Period] = period;
    }

    private static double[] Residuals(ReadOnlySpan<double> values, out double slope)
    {
        var places = new double[values.Length];
        for (var at = 0; at < places.Length; at++)
            places[at] = at;
        var fit = LeastSquares.Fit(places, values);
        slope = fit?.Slope ?? 0;
        var residuals = new double[values.Length];
        for (var at = 0; at < residuals.Length; at++)
            residuals[at] = fit is { } line ? values[at] - line.Intercept - (line.Slope * at) : 0;
        return residuals;
    }

    // Share of points at which the curve turns: 1 for a zigzag, 2/3 for noise, near 0 for a smooth course.
    private static double Alternation(ReadOnlySpan<double> values)
    {
        var turns = 0;
        for (var at = 1; at + 1 < values.Length; at++)
            turns += (values[at] - values[at - 1]) * (values[at + 1] - values[at]) < 0 ? 1 : 0;
        return turns / (double)(values.Length - 2);
    }

    // A beat repeats itself after a period and is upside down after half of one: half the distance between the two correlations is its strength, 1 for a sine,
    // 3/4 for a sawtooth, and below zero for a slow bend, which is more like itself the nearer it is.
    private static (double Strength, double Period) Beat(double[] residuals)
    {
        double largest = 0;
        foreach (var residual in residuals)
            largest = Math.Max(largest, Math.Abs(residual));
        if (!(largest > 0) || !double.IsFinite(largest))
            return (0, double.NaN);
        // Over the largest, and clipped where a spike would drown the rest.
        var sorted = Array.ConvertAll(residuals, Math.Abs);
        Array.Sort(sorted);
        var clip = Math.Max(3 * OrderStatistics.Sorted(sorted, 0.5), OrderStatistics.Sorted(sorted, 0.9));
        if (!(clip > 0))
            return (0, double.NaN);
        var scaled = Array.ConvertAll(residuals, residual => Math.Clamp(residual / clip, -1, 1));
        var lags = Math.Min(LongestPeriod, residuals.Length / 2);
        var correlations = new double[lags + 1];
        for (var lag = 0; lag <= lags; lag++)
            correlations[lag] = Correlation(scaled, lag);
        double strength = 0, period = double.NaN;
        for (var lag = 2; lag <= lags; lag++)
        {
            var half = lag % 2 == 0 ? correlations[lag / 2] : (correlations[lag / 2] + correlations[(lag / 2) + 1]) / 2;
            var found = Math.Min(correlations[lag], (correlations[lag] - half) / 2);
            if (found > strength + 0.02)
                (strength, period) = (found, lag);
        }
        return (strength, period);
    }

    private static double Correlation(double[] values, int lag)
    {
        double sum = 0, first = 0, second = 0;
        for (var at = 0; at + lag < values.Length; at++)
        {
            sum += values[at] * values[at + lag];
            first += values[at] * values[at];
            second += values[at + lag] * values[at + lag];
        }
        return first > 0 && second > 0 ? sum / Math.Sqrt(first * second) : 0;
    }
}
