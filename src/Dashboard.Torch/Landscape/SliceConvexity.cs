namespace Dashboard.Torch;

/// <summary>How convex the drawn slice of a loss is. It says nothing of the directions that are not drawn.</summary>
/// <param name="Convex">Points where the slice curves downwards in no direction.</param>
/// <param name="Points">Points that could be judged: inner ones whose neighbours are finite too.</param>
/// <param name="Skipped">Inner points with a loss that is not finite at them or beside them.</param>
public sealed record SliceConvexity(int Convex, int Points, int Skipped)
{
    // Losses come with an error of up to 2e-6 of themselves, and four of them make a second difference: less than this curves neither way.
    private const double Rounding = 8e-6;

    /// <summary>Share of convex points; NaN where none could be judged.</summary>
    public double Share => Points == 0 ? double.NaN : (double)Convex / Points;

    /// <summary>Counts the points where the matrix of second differences has no negative eigenvalue.</summary>
    /// <param name="grid">The points.</param>
    /// <param name="loss">Their losses, row by row.</param>
    public static SliceConvexity Measure(LandscapeGrid grid, ReadOnlySpan<double> loss)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(loss.Length, grid.Points);
        var width = grid.X.Points;
        var (convex, points, skipped) = (0, 0, 0);
        var (firstRow, lastRow) = grid.Y is null ? (0, 0) : (1, grid.Y.Points - 2);
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = 1; column < width - 1; column++)
            {
                var curves = grid.Y is null ? CurvesDown(loss.Slice(column - 1, 3)) : CurvesDown(loss, row * width + column, width);
                if (curves is null) skipped++;
                else points++;
                if (curves == false) convex++;
            }
        }
        return new SliceConvexity(convex, points, skipped);
    }

    private static bool? CurvesDown(ReadOnlySpan<double> three)
    {
        var scale = Largest(three);
        return double.IsFinite(scale) ? three[0] - 2 * three[1] + three[2] < -Rounding * scale : null;
    }

    // Steps of any lengths give the same answer: scaling an axis changes no sign of an eigenvalue.
    private static bool? CurvesDown(ReadOnlySpan<double> loss, int at, int width)
    {
        var scale = 0.0;
        for (var row = -1; row <= 1; row++) scale = Math.Max(scale, Largest(loss.Slice(at + row * width - 1, 3)));
        if (!double.IsFinite(scale)) return null;
        var xx = loss[at - 1] - 2 * loss[at] + loss[at + 1];
        var yy = loss[at - width] - 2 * loss[at] + loss[at + width];
        var xy = (loss[at + width + 1] - loss[at + width - 1] - loss[at - width + 1] + loss[at - width - 1]) / 4;
        return (xx + yy) / 2 - double.Hypot((xx - yy) / 2, xy) < -Rounding * scale;
    }

    private static double Largest(ReadOnlySpan<double> losses)
    {
        var largest = 0.0;
        foreach (var loss in losses) largest = Math.Max(largest, Math.Abs(loss));
        return largest;
    }
}
