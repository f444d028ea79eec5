namespace Dashboard.Analysis;

/// <summary>The norms of one parameter's gradient, summed up.</summary>
internal sealed record LayerPart(string Tag, string? Layer, int Points, double FirstStep, double LastStep, double Present, double Early, double Last, double Peak, int Trailing)
{
    private const int Most = 20;

    public static LayerPart Of(string tag, string? layer, CleanCurve norms)
    {
        // A norm is none below zero; what is logged as one may be (a mean, say), and its distance counts.
        var values = Array.ConvertAll(norms.Values, Math.Abs);
        var width = Math.Clamp(values.Length / 4, Math.Min(values.Length, 1), Most);
        return values.Length == 0
            ? new LayerPart(tag, layer, 0, norms.FirstNonFinite, norms.LastStep, double.NaN, double.NaN, double.NaN, double.NaN, norms.Trailing)
            : new LayerPart(tag, layer, values.Length, norms.Steps[0], norms.LastStep, OrderStatistics.Median(values.AsSpan(values.Length - width)), OrderStatistics.Median(values.AsSpan(0, width)), values[^1], values.Max(), norms.Trailing);
    }
}
