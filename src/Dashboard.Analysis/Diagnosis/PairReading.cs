namespace Dashboard.Analysis;

/// <summary>Finds what lies between a training curve and its validation curve.</summary>
internal static class PairReading
{
    // An error of exactly zero would make any rise an infinite one: below a hundredth of the start, the start decides.
    private const double SmallestBest = 0.01;

    public static double[] Of(CurveFeatures training, CurveFeatures validation)
    {
        var values = new double[PairVocabulary.All.Length];
        Array.Fill(values, double.NaN);
        training.Values.CopyTo(values);
        validation.Values.CopyTo(values.AsSpan(PairVocabulary.CurveCount));
        var own = values.AsSpan(2 * PairVocabulary.CurveCount);
        own[0] = validation.Name.Role == CurveRole.Loss ? 1 : 0;
        own[1] = Math.Min(training.At(CurveFeature.FirstStep), validation.At(CurveFeature.FirstStep));
        own[2] = Math.Max(training.At(CurveFeature.LastStep), validation.At(CurveFeature.LastStep));
        if (training.Clean is { Count: >= 3 } train && validation.Clean is { Count: >= 3 } held)
            Between(train, held, training, validation, own[3..]);
        return values;
    }

    private static void Between(CleanCurve train, CleanCurve held, CurveFeatures training, CurveFeatures validation, Span<double> own)
    {
        var best = held.Turned(validation.At(CurveFeature.Best));
        var level = held.Turned(validation.At(CurveFeature.Level));
        var start = held.Turned(validation.At(CurveFeature.Start));
        var trainScale = CurveReading.Scale(train, train.Turned(training.At(CurveFeature.Start)));
        // The first check comes late on many runs, after most is learnt: then training tells where both began. Scores have a scale of their own, and with few samples
        // the last hundredth of one is chance.
        var scale = held.Turned(0) > 0 ? held.Turned(0) : Math.Max(CurveReading.Scale(held, start), trainScale);
        var trainLevel = train.Turned(training.At(CurveFeature.Level));
        var (from, to) = (held.Steps[0], held.Steps[^1]);
        var bestStep = validation.At(CurveFeature.BestStep);
        var trainAtBest = LevelAt(train, Stretched(bestStep, train, from, to));
        own[0] = 100 * (level - best) / Math.Max(Math.Abs(best), SmallestBest * scale);
        own[1] = (level - trainLevel) / scale;
        own[2] = (best - trainAtBest) / scale;
        own[3] = own[1] - own[2];
        own[4] = trainLevel > 0 ? level / trainLevel : double.NaN;
        own[5] = (trainAtBest - trainLevel) / trainScale;
        own[7] = (level - best) / scale;
        own[6] = to > from ? (to - bestStep) / (to - from) : double.NaN;
    }

    // Validation may count epochs where training counts batches: where the one's steps end long before the other's, both are taken to end together.
    private static double Stretched(double step, CleanCurve train, double from, double to)
    {
        var (start, end) = (train.Steps[0], train.Steps[^1]);
        var isOtherCount = (end - start > 3 * (to - from) || to - from > 3 * (end - start)) && to > from;
        return isOtherCount ? start + ((step - from) / (to - from) * (end - start)) : step;
    }

    private static double LevelAt(CleanCurve curve, double step)
    {
        var width = CurveReading.Width(curve.Count);
        var at = Array.BinarySearch(curve.Steps, step);
        var from = Math.Clamp((at >= 0 ? at : ~at) - (width / 2), 0, curve.Count - width);
        return OrderStatistics.Median(curve.Values.AsSpan(from, width));
    }
}
