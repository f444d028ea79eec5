namespace Dashboard.Analysis;

/// <summary>Finds the features of a whole run.</summary>
internal static class RunReading
{
    public static double[] Of(RunSignals signals, MainCurves main, List<LayerSignal> layers, List<LayerSignal> units)
    {
        var single = layers.FindAll(layer => layer.Values[3] == 0);
        var model = layers.Find(layer => layer.Values[3] == 1);
        var classes = signals.Labels.Values.SelectMany(counts => counts.Keys).Distinct().Count();
        var ratios = single.Select(layer => layer.Values[10]).Where(double.IsFinite).ToList();
        return
        [
            signals.Ended ? 1 : 0,
            main.TrainingLoss?.At(CurveFeature.FallNow) ?? double.NaN,
            main.TrainingLoss?.At(CurveFeature.Points) ?? double.NaN,
            main.ValidationLoss?.At(CurveFeature.Fall) ?? double.NaN,
            Accuracy(main.Accuracy?.At(CurveFeature.Level)),
            Accuracy(main.Accuracy?.At(CurveFeature.Start)),
            classes > 0 ? classes : double.NaN,
            classes > 1 ? Math.Log(classes) : double.NaN,
            single.Count,
            ratios.Count > 0 ? ratios.Min() : double.NaN,
            model?.Values[4] ?? Norm(single.Select(layer => layer.Values[4])),
            model?.Values[8] ?? Norm(single.Select(layer => layer.Values[4])) / Norm(single.Select(layer => layer.Values[5])),
            UpdateRatio(signals.Curves),
            units.Select(unit => unit.Values[3]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
            signals.Curves.Where(curve => curve.Name.Role == CurveRole.LearningRate).Select(curve => curve.At(CurveFeature.Last)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
        ];
    }

    private static double Norm(IEnumerable<double> norms)
    {
        var finite = norms.Where(double.IsFinite).ToList();
        return finite.Count > 0 ? Math.Sqrt(finite.Sum(norm => norm * norm)) : double.NaN;
    }

    private static double Accuracy(double? level) => level switch
    {
        null => double.NaN,
        > 1.5 and <= 100 and var percent => percent / 100,
        var share => share is >= 0 and <= 1 ? share.Value : double.NaN,
    };

    private static double UpdateRatio(IReadOnlyList<CurveFeatures> curves)
    {
        var ratios = curves.Where(curve => curve.Name.Role == CurveRole.UpdateRatio && double.IsFinite(curve.At(CurveFeature.Level))).ToList();
        return ratios.Find(curve => curve.Name.Layer is null)?.At(CurveFeature.Level) ?? OrderStatistics.Median([.. ratios.Select(curve => curve.At(CurveFeature.Level))]);
    }
}
