namespace Dashboard.Analysis;

/// <summary>Everything of a run that rules are asked about.</summary>
internal static class RunSubjects
{
    public static IEnumerable<RuleSubject> Of(RunSignals signals)
    {
        var layers = LayerReading.Of(signals);
        var units = UnitReading.Of(signals);
        var whole = WithoutTerms(signals.Curves);
        var judged = whole.Select(curve => curve.Name.Tag).ToHashSet(StringComparer.Ordinal);
        var main = MainCurves.Of(whole);
        var run = RunReading.Of(signals, main, layers, units);
        foreach (var curve in signals.Curves.OrderBy(curve => curve.Name.Tag, StringComparer.Ordinal))
        {
            var names = new Dictionary<string, string> { ["tag"] = curve.Name.Tag };
            var own = curve.Values.ToArray();
            if (curve.Name.Role is CurveRole.Loss or CurveRole.Score && judged.Contains(curve.Name.Tag))
                yield return new RuleSubject(RuleScope.Curve, curve.Name.Tag, own, run, names, curve.Clean);
            yield return new RuleSubject(RuleScope.Scalar, curve.Name.Tag, own, run, names, curve.Clean);
        }
        foreach (var (training, validation) in CurvePairs.Of(whole))
            yield return new RuleSubject(RuleScope.Pair, validation.Name.Tag, PairReading.Of(training, validation), run, new Dictionary<string, string> { ["tag"] = validation.Name.Tag, ["other"] = training.Name.Tag }, validation.Clean);
        foreach (var layer in layers)
            yield return new RuleSubject(RuleScope.Layer, layer.Tag, layer.Values, run, new Dictionary<string, string> { ["tag"] = layer.Tag, ["layer"] = layer.Name }, null);
        foreach (var unit in units)
            yield return new RuleSubject(RuleScope.Units, unit.Tag, unit.Values, run, new Dictionary<string, string> { ["tag"] = unit.Tag, ["layer"] = unit.Name }, null);
        foreach (var subject in LabelReading.Of(signals.Labels, run))
            yield return subject;
    }

    // Terms of a loss stand below its total ("train/loss/data" below "train/loss"): what there is to say is said of the total.
    private static List<CurveFeatures> WithoutTerms(IReadOnlyList<CurveFeatures> curves)
    {
        var losses = curves.Where(curve => curve.Name.Role == CurveRole.Loss).Select(curve => curve.Name.Tag).ToHashSet(StringComparer.Ordinal);
        return [.. curves.Where(curve => curve.Name.Role != CurveRole.Loss || curve.Name.Tag.LastIndexOf('/') is var cut && (cut < 0 || !losses.Contains(curve.Name.Tag[..cut])))];
    }
}
