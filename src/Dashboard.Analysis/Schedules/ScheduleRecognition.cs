namespace Dashboard.Analysis;

/// <summary>
/// Tells which course a logged learning rate takes: constant, step, drops, exponential, linear, polynomial, cosine, cosine with restarts, cyclic or inverse root, with a warm-up in front, a rate that
/// is held before or after, and rates that move once an epoch only. The formulas are those of PyTorch's schedulers; parameters are in logged steps.
/// </summary>
public static class ScheduleRecognition
{
    /// <summary>An error beyond this (of the largest rate) is no fit: what is drawn would not lie on the curve.</summary>
    public const double Tolerance = 0.02;

    // Rises that are no more than this share of the peak are no warm-up.
    private const double Rise = 1e-3;

    // A stretch so much longer than the usual ones is a rate that is held.
    private const double Long = 3;

    /// <summary>The course, or null where nothing known fits or there are fewer than three points. Of a step that comes twice the later point counts; rates that are not finite or below zero are left out.</summary>
    /// <param name="steps">Steps, in any order.</param>
    /// <param name="rates">Rates at them.</param>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    public static ScheduleFit? Recognise(ReadOnlySpan<double> steps, ReadOnlySpan<double> rates)
    {
        if (steps.Length != rates.Length) throw new ArgumentException($"There are {steps.Length} steps and {rates.Length} rates.", nameof(rates));
        var sorted = new SortedDictionary<double, double>();
        for (var i = 0; i < steps.Length; i++)
        {
            if (double.IsFinite(steps[i]) && double.IsFinite(rates[i]) && rates[i] >= 0) sorted[steps[i]] = rates[i];
        }

        if (sorted.Count < 3) return null;
        var all = new ScheduleKnots([.. sorted.Keys], [.. sorted.Values]);
        if (all.X.Length == 1) return Fit(all, Constant(all.Y[0]));
        if (CycleFits.Triangle(all) is { } triangle && Fit(all, triangle) is { } fit) return fit;
        var top = Top(all);
        if (top == 0) return Body(all) is { } plain ? Fit(all, plain) : null;
        if (WarmUp(all, top) is not { } rise) return null;
        if (top == all.AllX.Length - 1)
            return Fit(all, new ScheduleCourse(ScheduleKind.WarmUp, new Dictionary<string, double> { ["rate"] = rise.To }, _ => rise.To, rise));
        var rest = all.Part(top, all.AllX.Length - 1);
        return (rest.X.Length == 1 ? Constant(rest.Y[0]) : Body(rest)) is { } body ? Fit(all, body.After(rise)) : null;
    }

    private static ScheduleCourse Constant(double rate) => new(ScheduleKind.Constant, new Dictionary<string, double> { ["rate"] = rate }, _ => rate);

    private static ScheduleFit? Fit(ScheduleKnots all, ScheduleCourse course)
    {
        var error = all.Error(course.At);
        return error <= Tolerance ? new ScheduleFit(course, error, all.AllX.Length) : null;
    }

    /// <summary>Index of the point at which the rate stops rising; 0 where it does not rise at first.</summary>
    private static int Top(ScheduleKnots all)
    {
        var top = 0;
        while (top + 1 < all.AllY.Length && all.AllY[top + 1] >= all.AllY[top]) top++;
        // Of equal rates at the top the first.
        while (top > 0 && all.Equal(all.AllY[top - 1], all.AllY[top])) top--;
        return all.AllY[top] - all.AllY[0] > Rise * all.Peak ? top : 0;
    }

    private static ScheduleWarmUp? WarmUp(ScheduleKnots all, int top)
    {
        var rise = all.Part(0, top);
        var (from, to, start, end) = (rise.Y[0], rise.Y[^1], rise.X[0], rise.X[^1]);
        var shapes = rise.X.Length == 2 && rise.AllX.Length > 2 ? ["constant"] : ScheduleWarmUp.Shapes.Where(shape => shape != "exponential" || from > 0);
        var found = shapes.Select(shape => new ScheduleWarmUp(shape, from, to, start, end)).Select(one => (Rise: one, Error: rise.Error(one.At))).MinBy(one => one.Error);
        return found.Error <= Tolerance ? found.Rise : null;
    }

    private static ScheduleCourse? Body(ScheduleKnots knots)
    {
        if (StairFits.Find(knots) is { } stair) return stair;
        if (CycleFits.Restarts(knots) is { } restarts) return restarts;
        // The rate may stand still before it falls, and after.
        var (first, last) = (0, knots.AllX.Length - 1);
        var usual = Usual(knots);
        if (knots.X[1] - knots.X[0] > Long * usual) first = Array.IndexOf(knots.AllX, knots.X[1]) - 1;
        if (knots.End - knots.X[^1] > Long * usual) last = Array.IndexOf(knots.AllX, knots.X[^1]);
        var middle = knots.Part(first, last);
        if (SmoothFits.Find(middle) is not ({ } course, <= Tolerance)) return null;
        if (first == 0 && last == knots.AllX.Length - 1) return course;
        var parameters = new Dictionary<string, double>(course.Parameters);
        if (first > 0) parameters["from_step"] = knots.AllX[first];
        if (last < knots.AllX.Length - 1) parameters["until_step"] = knots.AllX[last];
        var (from, until) = (knots.AllX[first], knots.AllX[last]);
        return new ScheduleCourse(course.Kind, parameters, step => course.At(Math.Clamp(step, from, until)));
    }

    // The middle one of the stretches without a change, the ends left out.
    private static double Usual(ScheduleKnots knots)
    {
        var stretches = Enumerable.Range(2, Math.Max(0, knots.X.Length - 2)).Select(i => knots.X[i] - knots.X[i - 1]).Order().ToArray();
        return stretches.Length == 0 ? double.PositiveInfinity : Math.Max(stretches[stretches.Length / 2], knots.Spacing);
    }
}
