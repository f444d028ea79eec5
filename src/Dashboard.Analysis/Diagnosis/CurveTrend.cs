namespace Dashboard.Analysis;

/// <summary>Where a curve is heading, and since when it has been flat.</summary>
internal static class CurveTrend
{
    private const int MostBins = 32;

    // Within a twentieth of the whole fall a curve counts as flat.
    private const double Flatness = 0.05;

    // A curve that never fell is flat within this share of its level.
    private const double Stillness = 0.02;

    public static void Read(CleanCurve clean, FeatureRow row)
    {
        Trend(clean, row);
        Flat(clean, row);
    }

    private static void Trend(CleanCurve clean, FeatureRow row)
    {
        var (steps, values) = (clean.Steps, clean.Values);
        var span = steps[^1] - steps[0];
        var from = Math.Min(At(steps, steps[^1] - (span / 3)), Math.Max(0, values.Length - 5));
        if (LeastSquares.Fit(steps.AsSpan(from), values.AsSpan(from)) is not { } fit)
            return;
        var scale = CurveReading.Scale(clean, clean.Turned(row[CurveFeature.Start]));
        var change = fit.Slope * (steps[^1] - steps[from]);
        row[CurveFeature.Trend] = change / scale;
        row[CurveFeature.TrendNoise] = CurveReading.Ratio(fit.Slope, fit.SlopeError);
        row[CurveFeature.TrendError] = fit.SlopeError * (steps[^1] - steps[from]) / scale;
        row[CurveFeature.TrendFrom] = steps[from];
        row[CurveFeature.TrendFromValue] = clean.Original(fit.Intercept + (fit.Slope * steps[from]));
        row[CurveFeature.TrendToValue] = clean.Original(fit.Intercept + (fit.Slope * steps[^1]));
        var half = At(steps, steps[0] + (span / 2));
        var width = CurveReading.Width(values.Length);
        var middle = OrderStatistics.Median(values.AsSpan(Math.Max(0, Math.Min(half, values.Length - width) - (width / 2)), width));
        row[CurveFeature.LateFall] = (middle - OrderStatistics.Median(values.AsSpan(values.Length - width))) / scale;
    }

    private static void Flat(CleanCurve clean, FeatureRow row)
    {
        var (steps, values) = (clean.Steps, clean.Values);
        var span = steps[^1] - steps[0];
        if (!(span > 0) || values.Length < 6)
            return;
        var bins = Math.Clamp(values.Length / 4, 5, MostBins);
        var starts = Starts(steps, bins);
        var levels = new double[starts.Count];
        for (var bin = 0; bin < levels.Length; bin++)
            levels[bin] = OrderStatistics.Median(values.AsSpan(starts[bin], (bin + 1 < starts.Count ? starts[bin + 1] : values.Length) - starts[bin]));
        var noise = row.Deviation;
        var scale = CurveReading.Scale(clean, clean.Turned(row[CurveFeature.Start]));
        var range = levels.Max() - levels.Min();
        // The median of m values scatters by 1.25σ/√m; of some thirty such medians, the extremes lie five of that apart, and seldom six.
        var scatter = 6 * 1.25 * noise / Math.Sqrt(Math.Max(1, (double)values.Length / levels.Length));
        var tolerance = Math.Max(Math.Max(Flatness * range, scatter), Stillness * Math.Min(scale, Math.Abs(levels[^1])));
        var from = FlatSince(levels, tolerance);
        var first = from == levels.Length - 1 ? values.Length - 1 : starts[from];
        row[CurveFeature.FlatShare] = (steps[^1] - steps[first]) / span;
        row[CurveFeature.FlatFrom] = steps[first];
        row[CurveFeature.FlatPoints] = values.Length - first;
        var level = OrderStatistics.Median(values.AsSpan(first));
        if (LeastSquares.Fit(steps.AsSpan(first), values.AsSpan(first)) is { } fit)
        {
            row[CurveFeature.FlatTrend] = fit.Slope * (steps[^1] - steps[first]) / scale;
            row[CurveFeature.FlatTrendError] = fit.SlopeError * (steps[^1] - steps[first]) / scale;
        }
        row[CurveFeature.FlatLevel] = clean.Original(level);
        row[CurveFeature.FlatLow] = level / scale;
    }

    // Walks back while levels keep within the tolerance; one bin that does not is passed over where the next does again.
    private static int FlatSince(double[] levels, double tolerance)
    {
        var (low, high) = (levels[^1], levels[^1]);
        var from = levels.Length - 1;
        for (var at = from - 1; at >= 0 && from - at <= 2; at--)
        {
            var (lower, higher) = (Math.Min(low, levels[at]), Math.Max(high, levels[at]));
            if (higher - lower > tolerance)
                continue;
            (low, high, from) = (lower, higher, at);
        }
        return from;
    }

    // First points of the bins that hold any, bins being equally wide in steps.
    private static List<int> Starts(double[] steps, int bins)
    {
        var width = (steps[^1] - steps[0]) / bins;
        var starts = new List<int>(bins) { 0 };
        var bin = 0;
        for (var at = 1; at < steps.Length; at++)
        {
            var of = Math.Min(bins - 1, (int)((steps[at] - steps[0]) / width));
            if (of == bin)
                continue;
            bin = of;
            starts.Add(at);
        }
        return starts;
    }

    private static int At(double[] steps, double step)
    {
        var at = Array.BinarySearch(steps, step);
        return at >= 0 ? at : Math.Min(~at, steps.Length - 1);
    }
}
