namespace Dashboard.Analysis;

/// <summary>Whether a curve has left its best level, since when, and whether it has been as high before.</summary>
internal static class CurveRise
{
    // With fewer points before the rise, their noise is a guess.
    private const int Calm = 8;

    public static void Read(CleanCurve clean, FeatureRow row)
    {
        var values = clean.Values;
        var width = CurveReading.Width(values.Length);
        var level = OrderStatistics.Median(values.AsSpan(values.Length - width));
        var blocks = Blocks(values, width);
        var best = Math.Min(level, blocks.Min());
        var rise = level - best;
        if (!(rise > 0))
        {
            row[CurveFeature.RisePoints] = 0;
            row[CurveFeature.RiseNoise] = 0;
            row[CurveFeature.Fresh] = 0;
            row[CurveFeature.StillRising] = 0;
            return;
        }
        // A quarter of the way up: below it the curve may still have been where it was best.
        var last = Array.FindLastIndex(blocks, block => block <= best + (0.25 * rise));
        var first = Array.FindIndex(blocks, block => block <= best + (0.5 * rise));
        var onset = last < 0 ? 0 : Math.Min(((last + 1) * width) - 1, values.Length - 1);
        // Within the block the rise may have begun at any point: the last that is still low is where.
        while (onset + 1 < values.Length && values[onset + 1] <= best + (0.25 * rise))
            onset++;
        var before = double.NegativeInfinity;
        for (var block = Math.Max(first, 0); block <= last; block++)
            before = Math.Max(before, blocks[block]);
        // Also the noise of before: a curve that has come loose is noisier, and that must not hide it.
        var noise = row.Deviation;
        if (onset >= Calm)
            noise = Math.Min(noise, CurveReading.Noise(values.AsSpan(0, onset + 1)));
        row[CurveFeature.RiseNoise] = CurveReading.Ratio(rise, noise);
        row[CurveFeature.Onset] = clean.Steps[Began(values, onset, best, rise)];
        row[CurveFeature.RisePoints] = values.Length - 1 - onset;
        row[CurveFeature.Fresh] = double.IsFinite(before) ? (level - before) / rise : 1;
        row[CurveFeature.StillRising] = StillRising(values.AsSpan(onset), rise);
    }

    // A rise that dwarfs what came before began long before a quarter of it: where a quarter of what had been gained was lost again.
    private static int Began(double[] values, int onset, double best, double rise)
    {
        var gain = Math.Max(0, OrderStatistics.Median(values.AsSpan(0, CurveReading.Width(values.Length))) - best);
        var above = best + (0.25 * Math.Min(rise, gain));
        while (onset > 0 && values[onset] > above)
            onset--;
        return onset;
    }

    // The newer half of the rise above its older half, in shares of the rise.
    private static double StillRising(ReadOnlySpan<double> values, double rise)
    {
        if (values.Length < 4)
            return 0;
        var half = values.Length / 2;
        var change = OrderStatistics.Median(values[half..]) - OrderStatistics.Median(values[..half]);
        return Math.Clamp(change / rise, -1e6, 1e6);
    }

    private static double[] Blocks(double[] values, int width)
    {
        var blocks = new double[values.Length / width];
        for (var block = 0; block < blocks.Length; block++)
            blocks[block] = OrderStatistics.Median(values.AsSpan(block * width, width));
        return blocks;
    }
}
