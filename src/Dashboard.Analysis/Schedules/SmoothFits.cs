namespace Dashboard.Analysis;

/// <summary>Courses that are one formula: each is fitted to the points where the rate changes, and the simplest of those that fit is taken.</summary>
internal static class SmoothFits
{
    // Formulas are followed to the last digits; an error of some times the best one's says that another formula is meant.
    private const double Exact = 1e-6;
    private const double Clearly = 3;
    private const int GridPoints = 160;
    private const int Refinements = 60;

    // A cosine of which less than a quarter of its length was seen cannot be told from other curves.
    private const double LongestPeriod = 4;

    // A rate below zero by more than noise is no rate.
    private const double Negative = 0.02;

    /// <summary>The simplest course that fits about as well as the best one, with its error; null where there are too few points.</summary>
    public static (ScheduleCourse Course, double Error)? Find(ScheduleKnots knots)
    {
        if (knots.X.Length < 3) return null;
        var found = new[] { Linear(knots), Exponential(knots), Cosine(knots), InverseRoot(knots), Polynomial(knots) }
            .OfType<ScheduleCourse>().Select(course => (Course: course, Error: knots.Error(course.At))).Where(one => double.IsFinite(one.Error)).ToList();
        if (found.Count == 0) return null;
        var best = Math.Max(Exact, Clearly * found.Min(one => one.Error));
        return found.First(one => one.Error <= best);
    }

    private static ScheduleCourse? Linear(ScheduleKnots knots)
    {
        if (LeastSquares.Fit(knots.X, knots.Y) is not { } line) return null;
        double At(double step) => line.Intercept + line.Slope * step;
        return Course(knots, ScheduleKind.Linear, new() { ["rate"] = At(knots.X[0]), ["to"] = At(knots.X[^1]), ["steps"] = knots.X[^1] - knots.X[0] }, At);
    }

    private static ScheduleCourse? Exponential(ScheduleKnots knots)
    {
        if (knots.Y.Any(rate => !(rate > 0)) || LeastSquares.Fit(knots.X, [.. knots.Y.Select(rate => Math.Log(rate))]) is not { } line) return null;
        var start = knots.X[0];
        var rate = Math.Exp(line.Intercept + line.Slope * start);
        return Course(knots, ScheduleKind.Exponential, new() { ["rate"] = rate, ["factor"] = Math.Exp(line.Slope) }, step => rate * Math.Exp(line.Slope * (step - start)));
    }

    // 1/rate² is a straight line through the step that the schedule counts from.
    private static ScheduleCourse? InverseRoot(ScheduleKnots knots)
    {
        if (knots.Y.Any(rate => !(rate > 0)) || LeastSquares.Fit(knots.X, [.. knots.Y.Select(rate => 1 / (rate * rate))]) is not { Slope: > 0 } line) return null;
        var origin = -line.Intercept / line.Slope;
        if (!(origin < knots.X[0])) return null;
        var scale = 1 / Math.Sqrt(line.Slope);
        return Course(knots, ScheduleKind.InverseRoot, new() { ["rate"] = knots.Y[0], ["from_step"] = origin }, step => scale / Math.Sqrt(Math.Max(step - origin, double.Epsilon)));
    }

    private static ScheduleCourse? Cosine(ScheduleKnots knots)
    {
        var (start, span) = (knots.X[0], knots.X[^1] - knots.X[0]);
        var falling = Enumerable.Range(1, knots.Y.Length - 1).All(i => knots.Y[i] <= knots.Y[i - 1]);
        (double A, double B, double Squares) At(double period) => Line(knots, x => Math.Cos(Math.PI * (x - start) / period));
        // A curve that rises again has passed its half period.
        var period = Lowest(falling ? span : span / 8, span * LongestPeriod, value => At(value).Squares);
        var (a, b, _) = At(period);
        if (!(b > 0) || a - b < -Negative * knots.Peak) return null;
        return Course(knots, ScheduleKind.Cosine, new() { ["rate"] = a + b, ["min"] = Math.Max(0, a - b), ["period"] = period }, step => a + b * Math.Cos(Math.PI * (step - start) / period));
    }

    private static ScheduleCourse? Polynomial(ScheduleKnots knots)
    {
        var (start, span) = (knots.X[0], knots.X[^1] - knots.X[0]);
        var some = Enumerable.Range(0, knots.X.Length).Where(i => knots.Y[i] > 0).ToArray();
        if (some.Length < 3) return null;
        var logs = some.Select(i => Math.Log(knots.Y[i])).ToArray();
        LineFit? At(double length) => LeastSquares.Fit([.. some.Select(i => Math.Log(1 - (knots.X[i] - start) / length))], logs);
        double Squares(double length) =>
            At(length) is { } line ? some.Select((i, k) => logs[k] - line.Intercept - line.Slope * Math.Log(1 - (knots.X[i] - start) / length)).Sum(rest => rest * rest) : double.PositiveInfinity;
        // Where the rate is zero at the end, that is the length.
        var shortest = some[^1] == knots.X.Length - 1 ? span * (1 + 1e-6) : span;
        var length = some[^1] == knots.X.Length - 1 ? Lowest(shortest, span * LongestPeriod, Squares) : span;
        if (At(length) is not { Slope: > 0 } fit) return null;
        var rate = Math.Exp(fit.Intercept);
        return Course(knots, ScheduleKind.Polynomial, new() { ["rate"] = rate, ["steps"] = length, ["power"] = fit.Slope },
            step => rate * Math.Pow(Math.Max(0, 1 - (step - start) / length), fit.Slope));
    }

    private static ScheduleCourse Course(ScheduleKnots knots, ScheduleKind kind, Dictionary<string, double> parameters, Func<double, double> function)
    {
        if (knots.Every is > 0 and var every) parameters["every"] = every;
        return new ScheduleCourse(kind, parameters, knots.Held(function));
    }

    /// <summary>y = a + b·f(x) in least squares, with the sum of squares that is left.</summary>
    internal static (double A, double B, double Squares) Line(ScheduleKnots knots, Func<double, double> function)
    {
        var x = knots.X.Select(function).ToArray();
        if (LeastSquares.Fit(x, knots.Y) is not { } line) return (0, 0, double.PositiveInfinity);
        double squares = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var rest = knots.Y[i] - line.Intercept - line.Slope * x[i];
            squares += rest * rest;
        }

        return (line.Intercept, line.Slope, squares);
    }

    // A grid of even ratios, then golden sections around its lowest point.
    private static double Lowest(double from, double to, Func<double, double> cost)
    {
        var ratio = Math.Pow(to / from, 1.0 / GridPoints);
        var best = from;
        var lowest = double.PositiveInfinity;
        for (var i = 0; i <= GridPoints; i++)
        {
            var value = from * Math.Pow(ratio, i);
            var found = cost(value);
            if (found < lowest) (best, lowest) = (value, found);
        }

        var (low, high) = (Math.Max(from, best / ratio), Math.Min(to, best * ratio));
        var section = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - section * (high - low), low + section * (high - low));
        var (costLeft, costRight) = (cost(left), cost(right));
        for (var i = 0; i < Refinements; i++)
        {
            if (costLeft <= costRight)
            {
                (high, right, costRight) = (right, left, costLeft);
                left = high - section * (high - low);
                costLeft = cost(left);
            }
            else
            {
                (low, left, costLeft) = (left, right, costRight);
                right = low + section * (high - low);
                costRight = cost(right);
            }
        }

        var refined = (low + high) / 2;
        return cost(refined) <= lowest ? refined : best;
    }
}
