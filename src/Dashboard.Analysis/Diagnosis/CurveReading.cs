namespace Dashboard.Analysis;

/// <summary>Finds the features of a curve.</summary>
/// <remarks>
/// What has lasted is read over steps (bins of equal width), because old points may be thinned; what has just begun is read over points, because the newest are exact.
/// Levels are medians, so that a spike is no level; differences are told in shares of where the curve began.
/// </remarks>
internal static class CurveReading
{
    // A median over seven points changes its mind after four, which is soon enough, and three wild ones do not move it.
    private const int WidestTail = 7;

    // Below this many points nothing can be said but whether they are finite.
    private const int Fewest = 3;

    public static void Read(CleanCurve clean, CurveName name, FeatureRow row)
    {
        row[CurveFeature.Points] = clean.Count;
        row[CurveFeature.IsLoss] = name.Role == CurveRole.Loss ? 1 : 0;
        row[CurveFeature.IsScore] = name.Role == CurveRole.Score ? 1 : 0;
        row[CurveFeature.IsTraining] = name.Split == CurveSplit.Training ? 1 : 0;
        row[CurveFeature.IsValidation] = name.Split == CurveSplit.Validation ? 1 : 0;
        row[CurveFeature.NonFiniteCount] = clean.NonFinite;
        row[CurveFeature.NonFiniteStep] = clean.FirstNonFinite;
        row[CurveFeature.NonFiniteTrailing] = clean.Trailing;
        row[CurveFeature.LastStep] = clean.LastStep;
        if (clean.Count == 0)
            return;
        row[CurveFeature.FirstStep] = clean.Steps[0];
        row[CurveFeature.Last] = clean.Original(clean.Values[^1]);
        if (clean.Count < Fewest)
            return;
        Levels(clean, row);
        if (name.Role is not (CurveRole.Loss or CurveRole.Score))
            return;
        CurveRise.Read(clean, row);
        CurveTrend.Read(clean, row);
        CurveSwing.Read(clean, row);
    }

    /// <summary>Points that make one level.</summary>
    public static int Width(int points) => Math.Clamp(points / 6, 2, WidestTail);

    private static void Levels(CleanCurve clean, FeatureRow row)
    {
        var values = clean.Values;
        var width = Width(values.Length);
        // The start is read over fewer points than the end: many curves fall fastest there.
        // And where a first step that is too large throws the curve up, it began below that.
        var start = Math.Min(values[0], OrderStatistics.Median(values.AsSpan(0, values.Length < 12 ? 1 : Math.Min(width, 3))));
        var level = OrderStatistics.Median(values.AsSpan(values.Length - width));
        var (best, from) = LowestBlock(values, width, level);
        var lowest = from;
        for (var at = from; at < Math.Min(from + width, values.Length); at++)
        {
            if (values[at] < values[lowest])
                lowest = at;
        }
        var scale = Scale(clean, start);
        var noise = Noise(values);
        row.Deviation = noise;
        row[CurveFeature.Start] = clean.Original(start);
        row[CurveFeature.Level] = clean.Original(level);
        row[CurveFeature.Best] = clean.Original(best);
        row[CurveFeature.BestStep] = clean.Steps[lowest];
        row[CurveFeature.BestValue] = clean.Original(values[lowest]);
        row[CurveFeature.SinceBest] = values.Length - 1 - lowest;
        row[CurveFeature.Low] = best / scale;
        row[CurveFeature.Fall] = (start - best) / scale;
        row[CurveFeature.FallNow] = (start - level) / scale;
        row[CurveFeature.FallNoise] = Ratio(start - best, noise);
        row[CurveFeature.Noise] = noise / scale;
        row[CurveFeature.Rise] = (level - best) / scale;
        row[CurveFeature.RiseOfFall] = Ratio(level - best, start - best);
        row[CurveFeature.OverStart] = (level - start) / scale;
        row[CurveFeature.Growth] = best > 0 ? level / best : double.NaN;
    }

    /// <summary>What shares are of: where the curve began. A score without a floor has only its own range.</summary>
    public static double Scale(CleanCurve clean, double start)
    {
        if (clean.HasFloor && start > 0)
            return start;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in clean.Values)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        var range = high - low;
        // Losses that begin below zero (a log-density) have their distance from it where they hardly move.
        var scale = Math.Max(range, Math.Abs(start));
        return scale > 0 && double.IsFinite(scale) ? scale : 1;
    }

    /// <summary>Standard deviation of the newer half around its course.</summary>
    public static double Noise(ReadOnlySpan<double> values) => Scatter(values[(values.Length < 6 ? 0 : values.Length / 2)..]);

    /// <summary>Standard deviation around the course, from differences of neighbours: the smaller of what first and second differences say, because a trend enters the one and a zigzag the other.</summary>
    public static double Scatter(ReadOnlySpan<double> values)
    {
        if (values.Length < 3)
            return 0;
        var first = new double[values.Length - 1];
        var second = new double[values.Length - 2];
        for (var at = 0; at < first.Length; at++)
            first[at] = Math.Abs(values[at + 1] - values[at]);
        for (var at = 0; at < second.Length; at++)
            second[at] = Math.Abs(values[at + 2] - (2 * values[at + 1]) + values[at]);
        // 1.4826 makes a median of absolute normal values their deviation; first differences of independent values have √2 of it, second ones √6.
        return 1.4826 * Math.Min(OrderStatistics.Median(first) / Math.Sqrt(2), OrderStatistics.Median(second) / Math.Sqrt(6));
    }

    /// <summary>a/b with a floor under b: what has no noise at all is certain, not infinitely so.</summary>
    public static double Ratio(double a, double b)
    {
        if (b > 0 && double.IsFinite(b))
            return Math.Clamp(a / b, -1e6, 1e6);
        return a > 0 ? 1e6 : a < 0 ? -1e6 : 0;
    }

    private static (double Level, int From) LowestBlock(double[] values, int width, double last)
    {
        var (best, from) = (last, values.Length - width);
        for (var at = 0; at + width <= values.Length; at += width)
        {
            var level = OrderStatistics.Median(values.AsSpan(at, width));
            if (level < best)
                (best, from) = (level, at);
        }
        return (best, from);
    }
}
