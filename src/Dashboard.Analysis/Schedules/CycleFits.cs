namespace Dashboard.Analysis;

/// <summary>Courses that come back: cosines with restarts, and triangles.</summary>
internal static class CycleFits
{
    // A restart goes back by most of the range between two points; a triangle or a cosine never does.
    private const double JumpShare = 0.3;
    private const double Even = 0.05;
    private const int MostMultiplier = 4;

    /// <summary>Cosines that begin again, or null where the rate never jumps up.</summary>
    public static ScheduleCourse? Restarts(ScheduleKnots knots)
    {
        var range = knots.Peak - knots.Y.Min();
        var jumps = Enumerable.Range(1, knots.X.Length - 1).Where(i => knots.Y[i] - knots.Y[i - 1] > JumpShare * range).ToArray();
        if (jumps.Length == 0) return null;
        var starts = jumps.Select(i => knots.X[i]).Prepend(knots.X[0]).ToArray();
        var lengths = Enumerable.Range(1, starts.Length - 1).Select(i => starts[i] - starts[i - 1]).ToArray();
        var first = lengths[0];
        ScheduleCourse? best = null;
        var error = double.PositiveInfinity;
        for (var multiplier = 1; multiplier <= MostMultiplier; multiplier++)
        {
            var m = multiplier;
            if (Enumerable.Range(1, lengths.Length - 1).Any(i => Math.Abs(lengths[i] - lengths[i - 1] * m) > Math.Max(2 * knots.Spacing, Even * lengths[i]))) continue;
            double Phase(double step)
            {
                // A hair early, so that a restart that was logged at its very step is one.
                return Math.Cos(Math.PI * Along(step - starts[0] + 1e-9 * first, first, m));
            }

            var (a, b, _) = SmoothFits.Line(knots, Phase);
            double At(double step) => a + b * Phase(step);
            var found = knots.Error(At);
            if (!(b > 0) || !(found < error)) continue;
            error = found;
            var parameters = new Dictionary<string, double> { ["rate"] = a + b, ["min"] = Math.Max(0, a - b), ["period"] = first, ["multiplier"] = m };
            if (knots.Every is > 0 and var every) parameters["every"] = every;
            best = new ScheduleCourse(ScheduleKind.CosineRestarts, parameters, knots.Held(At));
        }

        return best;
    }

    /// <summary>How far along its cycle a step is, 0 to 1; each cycle is so many times as long as the one before.</summary>
    public static double Along(double step, double first, double multiplier)
    {
        if (!(step > 0)) return 0;
        if (!(multiplier > 1)) return step % first / first;
        // Cycles before this one: first·(mⁿ − 1)/(m − 1) ≤ step.
        var cycle = Math.Floor(Math.Log(step / first * (multiplier - 1) + 1, multiplier) + 1e-9);
        var begun = first * (Math.Pow(multiplier, cycle) - 1) / (multiplier - 1);
        return Math.Max(0, step - begun) / (first * Math.Pow(multiplier, cycle));
    }

    /// <summary>A triangle that repeats, or null where the rate does not turn twice.</summary>
    public static ScheduleCourse? Triangle(ScheduleKnots knots)
    {
        var turns = Enumerable.Range(1, Math.Max(0, knots.Y.Length - 2)).Where(i => (knots.Y[i] - knots.Y[i - 1]) * (knots.Y[i + 1] - knots.Y[i]) < 0).ToArray();
        if (turns.Length < 2 || !(knots.Y[1] > knots.Y[0])) return null;
        var (start, up, down) = (knots.X[0], knots.X[turns[0]] - knots.X[0], knots.X[turns[1]] - knots.X[turns[0]]);
        double Height(double step)
        {
            var along = (step - start) % (up + down);
            return along <= up ? along / up : 1 - (along - up) / down;
        }

        var (low, height, _) = SmoothFits.Line(knots, Height);
        return !(height > 0) ? null : new ScheduleCourse(
            ScheduleKind.Cyclic, new Dictionary<string, double> { ["rate"] = low + height, ["min"] = low, ["period"] = up + down, ["steps"] = up }, knots.Held(step => low + height * Height(step)));
    }
}
