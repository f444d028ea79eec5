namespace Dashboard.Analysis;

/// <summary>Early stopping, replayed over a validation curve [Prechelt 1998; Bengio 2012, section 3.1].</summary>
public static class EarlyStopping
{
    /// <summary>The check at which it would have ended, or null where it would not have.</summary>
    /// <param name="curve">The checks in the order logged; a score by its name counts as better when higher.</param>
    /// <param name="patience">Checks without an improvement that end it: it counts checks, not steps.</param>
    /// <param name="minDelta">What a check must improve the best by, in the curve's units; 0 for anything.</param>
    /// <param name="limit">A check worse than this ends it at once, for a loss above and for a score below it; NaN or an infinity for no limit.</param>
    public static EarlyStop? Replay(SignalCurve curve, int patience, double minDelta, double limit)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var clean = CleanCurve.Of(curve, CurveName.Of(curve.Tag).Role == CurveRole.Score);
        return Replay(clean, patience, minDelta, limit);
    }

    /// <summary>The same on a cleaned curve.</summary>
    internal static EarlyStop? Replay(CleanCurve curve, double patience, double minDelta, double limit)
    {
        var values = curve.Values;
        if (values.Length == 0 || !(patience >= 1))
            return null;
        var worst = double.IsFinite(limit) ? curve.Turned(limit) : double.PositiveInfinity;
        var best = 0;
        var waited = 0;
        for (var at = 0; at < values.Length; at++)
        {
            if (at > 0 && values[at] < values[best] - minDelta)
            {
                best = at;
                waited = 0;
            }
            else if (at > 0)
            {
                waited++;
            }
            if (waited >= patience || values[at] > worst)
                return new EarlyStop(curve.Steps[at], curve.Steps[best], curve.Original(values[best]), values.Length - 1 - at, values[at] > worst);
        }
        return null;
    }
}
