namespace Dashboard.Analysis;

/// <summary>Points of a ROC curve (x: false positive rate, y: true positive rate) or of a precision-recall curve (x: recall, y: precision).</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Upwards, one a point.</param>
/// <param name="Thresholds">The score from which on samples are taken for the class. A precision-recall curve has one less: its last point takes none.</param>
public sealed record RankingCurve(double[] X, double[] Y, double[] Thresholds)
{
    /// <summary>
    /// At most so many of the points: a point is kept where the curve has gone another equal share of its way |Δx| + |Δy|, the ends always, so that what is drawn between two kept ones
    /// strays from the curve by no more than that share. 0 keeps all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two points, or a negative number.</exception>
    public RankingCurve Thin(int points)
    {
        if (points == 0 || X.Length <= points)
            return this;
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double way = 0;
        for (var at = 1; at < X.Length; at++)
            way += Stride(at);
        var kept = new List<int>(points) { 0 };
        double gone = 0;
        for (var at = 1; at < X.Length - 1 && points > 2; at++)
        {
            gone += Stride(at);
            if (gone * (points - 2) < way)
                continue;
            kept.Add(at);
            gone = 0;
        }
        kept.Add(X.Length - 1);
        return new RankingCurve(Pick(X, kept), Pick(Y, kept), Pick(Thresholds, kept[^1] < Thresholds.Length ? kept : kept[..^1]));
    }

    private double Stride(int at) => Math.Abs(X[at] - X[at - 1]) + Math.Abs(Y[at] - Y[at - 1]);

    private static double[] Pick(double[] values, List<int> kept) => [.. kept.Select(at => values[at])];
}
