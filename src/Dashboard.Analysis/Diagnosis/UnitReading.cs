namespace Dashboard.Analysis;

/// <summary>Finds the features of dead units.</summary>
internal static class UnitReading
{
    public static List<LayerSignal> Of(RunSignals signals) =>
    [
        .. from curve in signals.Curves
           where curve.Name.Role == CurveRole.DeadShare && curve.Clean is { Count: > 0 }
           orderby curve.Name.Tag
           select Read(curve),
    ];

    private static LayerSignal Read(CurveFeatures curve)
    {
        var part = LayerPart.Of(curve.Name.Tag, curve.Name.Layer, curve.Clean!);
        // Shares may be logged as percentages.
        var unit = part.Peak > 1 && part.Peak <= 100 ? 0.01 : 1;
        var isShare = part.Peak * unit <= 1;
        double[] values = [part.Points, part.FirstStep, part.LastStep, .. ((double[])[part.Present, part.Early, part.Peak]).Select(share => isShare ? share * unit : double.NaN)];
        return new LayerSignal(curve.Name.Tag, curve.Name.Layer ?? curve.Name.Tag, values);
    }
}
