namespace Dashboard.Analysis;

/// <summary>Finds the features of layers from the norms of their gradients, logged as scalars or taken from histograms.</summary>
internal static class LayerReading
{
    private const string WholeModel = "(model)";

    public static List<LayerSignal> Of(RunSignals signals)
    {
        var parts = signals.Curves.Where(curve => curve.Name.Role == CurveRole.GradientNorm && curve.Clean is { } clean && (clean.Count > 0 || clean.NonFinite > 0))
            .Select(curve => LayerPart.Of(curve.Name.Tag, curve.Name.Layer, curve.Clean!)).ToList();
        var named = parts.Select(part => part.Layer).ToHashSet();
        foreach (var histograms in signals.Histograms)
        {
            // Scalars are exact where a histogram's bins are not.
            if (CurveName.GradientLayer(histograms.Tag) is not { } layer || named.Contains(layer) || histograms.Steps.Length == 0)
                continue;
            var norms = new SignalCurve(histograms.Tag, histograms.Steps, Array.ConvertAll(histograms.Summaries, summary => summary.Norm));
            parts.Add(LayerPart.Of(histograms.Tag, layer, CleanCurve.Of(norms, false)));
        }
        var layers = parts.GroupBy(part => part.Layer ?? WholeModel).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Joined(group.Key, [.. group], signals.Curves)).ToList();
        Ratios(layers);
        return layers;
    }

    private static LayerSignal Joined(string layer, List<LayerPart> parts, IReadOnlyList<CurveFeatures> curves)
    {
        var values = new double[LayerVocabulary.Layers.Length];
        Array.Fill(values, double.NaN);
        var isModel = layer == WholeModel;
        var largest = parts.OrderByDescending(part => part.Present).ThenBy(part => part.Tag, StringComparer.Ordinal).First();
        double Together(Func<LayerPart, double> of) => isModel ? of(largest) : Math.Sqrt(parts.Select(of).Where(double.IsFinite).Sum(norm => norm * norm));
        var (norm, early, last) = (Together(part => part.Present), Together(part => part.Early), Together(part => part.Last));
        values[0] = parts.Max(part => part.Points);
        values[1] = parts.Min(part => part.FirstStep);
        values[2] = parts.Max(part => part.LastStep);
        values[3] = isModel ? 1 : 0;
        values[4] = norm;
        values[5] = early;
        values[6] = last;
        values[7] = Together(part => part.Peak);
        values[8] = Growth(norm, early);
        values[9] = Growth(last, early);
        values[12] = norm / Math.Sqrt(Own(curves, CurveRole.GradientSize, layer).Sum());
        values[13] = OrderStatistics.Median([.. Own(curves, CurveRole.UpdateRatio, layer)]);
        values[14] = parts.Max(part => part.Trailing);
        if (!double.IsFinite(values[12]))
            values[12] = double.NaN;
        return new LayerSignal(largest.Tag, layer, values);
    }

    // A gradient that was exactly zero and is no longer has grown without measure.
    private static double Growth(double now, double early) => early > 0 ? now / early : now > 0 ? double.PositiveInfinity : double.NaN;

    private static IEnumerable<double> Own(IReadOnlyList<CurveFeatures> curves, CurveRole role, string layer) =>
        curves.Where(curve => curve.Name.Role == role && (curve.Name.Layer ?? WholeModel) == layer).Select(curve => curve.At(CurveFeature.Level)).Where(double.IsFinite);

    private static void Ratios(List<LayerSignal> layers)
    {
        var single = layers.FindAll(layer => layer.Values[3] == 0);
        if (single.Count < 2)
            return;
        var (largest, early) = (single.Max(layer => layer.Values[4]), single.Max(layer => layer.Values[5]));
        foreach (var layer in single)
        {
            layer.Values[10] = largest > 0 ? layer.Values[4] / largest : double.NaN;
            layer.Values[11] = early > 0 ? layer.Values[5] / early : double.NaN;
        }
    }
}
