namespace Dashboard.Torch;

/// <summary>A point named from both ends of its Hessian's spectrum. The name says what the curvature is; only where the gradient vanishes is the point one of rest.</summary>
/// <param name="Kind">The name.</param>
/// <param name="Tolerance">Eigenvalues of a smaller magnitude count as zero.</param>
/// <param name="Condition">Largest eigenvalue over the smallest where all are positive; null elsewhere, where there is no such number.</param>
public sealed record PointCurvature(PointKind Kind, double Tolerance, double? Condition)
{
    // What products of a float32 model leave undecided, as a share of the largest magnitude.
    private const double Rounding = 1e-5;

    /// <summary>Names a point.</summary>
    /// <param name="ends">At least one eigenvalue of each end.</param>
    /// <exception cref="TorchInputException">An end has none.</exception>
    public static PointCurvature Classify(SpectrumEnds ends)
    {
        ArgumentNullException.ThrowIfNull(ends);
        if (ends.Top.Count == 0 || ends.Bottom.Count == 0) throw new TorchInputException("A point is named from its largest and its smallest eigenvalue: ask for at least one of each.");
        var (largest, smallest) = (ends.Top[0], ends.Bottom[0]);
        // An eigenvalue lies within its residual of what was found.
        var tolerance = Math.Max(Rounding * Math.Max(Math.Abs(largest.Value), Math.Abs(smallest.Value)), Math.Max(largest.Residual, smallest.Residual));
        if (!double.IsFinite(tolerance)) return new PointCurvature(PointKind.Unknown, tolerance, null);
        var kind = (Sign(smallest.Value), Sign(largest.Value)) switch
        {
            (1, _) => PointKind.Minimum,
            (0, 1) => PointKind.FlatMinimum,
            (_, -1) => PointKind.Maximum,
            (-1, 0) => PointKind.FlatMaximum,
            (-1, 1) => PointKind.Saddle,
            _ => PointKind.Flat,
        };
        return new PointCurvature(kind, tolerance, kind == PointKind.Minimum ? largest.Value / smallest.Value : null);

        int Sign(double value) => Math.Abs(value) <= tolerance ? 0 : Math.Sign(value);
    }
}
