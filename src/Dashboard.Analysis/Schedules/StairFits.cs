namespace Dashboard.Analysis;

/// <summary>Courses that stand still and drop by a factor.</summary>
internal static class StairFits
{
    private const double FactorTolerance = 1e-3;

    // Above this factor many even drops are a decay by the epoch rather than a few decisive ones.
    private const double DecayFactor = 0.7;
    private const int FewDrops = 4;

    /// <summary>The course, or null where the rate is no stair of one factor.</summary>
    public static ScheduleCourse? Find(ScheduleKnots knots)
    {
        var drops = knots.X.Length - 1;
        if (drops < 1 || knots.PointsAPlateau < 2 && drops > 1) return null;
        var ratios = Enumerable.Range(1, drops).Select(i => knots.Y[i] / knots.Y[i - 1]).ToArray();
        var factor = ratios[0];
        // The last drop may end at a floor.
        var clipped = drops > 1 && ratios[^1] > factor * (1 + FactorTolerance) && ratios[^1] < 1;
        if (!(factor > 0 && factor < 1) || ratios.Take(clipped ? drops - 1 : drops).Any(ratio => !(Math.Abs(ratio / factor - 1) <= FactorTolerance))) return null;
        var parameters = new Dictionary<string, double> { ["rate"] = knots.Y[0], ["factor"] = factor };
        if (Period(knots) is { } period)
        {
            var (first, rate) = (knots.X[1], knots.Y[0]);
            parameters["period"] = period;
            // Later drops tell where the first one was better than its own point does.
            double Stair(double step) => step < first ? rate : rate * Math.Pow(factor, 1 + Math.Floor((step - first) / period + 1e-9));
            var kind = factor >= DecayFactor && drops >= FewDrops ? ScheduleKind.Exponential : ScheduleKind.Step;
            if (kind == ScheduleKind.Exponential) parameters["every"] = period;
            return clipped ? null : new ScheduleCourse(kind, parameters, Stair);
        }

        var (at, rates) = (knots.X, knots.Y);
        parameters["to"] = rates[^1];
        return new ScheduleCourse(ScheduleKind.Drops, parameters, step => rates[Before(at, step)], drops: at[1..]);
    }

    // Steps between drops where they are even. The first stretch may be another: it began with the warm-up.
    private static double? Period(ScheduleKnots knots)
    {
        var slack = 2 * knots.Spacing;
        if (knots.X.Length == 2)
        {
            var only = knots.X[1] - knots.X[0];
            return knots.End - knots.X[1] <= only + slack ? only : null;
        }

        var period = (knots.X[^1] - knots.X[1]) / (knots.X.Length - 2);
        for (var i = 2; i < knots.X.Length; i++)
        {
            if (Math.Abs(knots.X[i] - knots.X[i - 1] - period) > slack) return null;
        }

        // With two drops a shorter first stretch is as likely a list of milestones.
        var first = knots.X[1] - knots.X[0];
        var even = knots.X.Length > 3 ? first <= period + slack : Math.Abs(first - period) <= slack;
        return even && knots.End - knots.X[^1] <= period + slack ? period : null;
    }

    private static int Before(double[] steps, double step)
    {
        var at = Array.BinarySearch(steps, step);
        return Math.Clamp(at >= 0 ? at : ~at - 1, 0, steps.Length - 1);
    }
}
