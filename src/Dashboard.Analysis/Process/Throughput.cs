namespace Dashboard.Analysis;

/// <summary>How fast a run steps, from the steps and wall times of a curve.</summary>
/// <param name="Recent">Steps a second lately, pauses left out; NaN where it cannot be told.</param>
/// <param name="Overall">Steps a second over the whole run, everything included.</param>
/// <param name="Times">Ends of the stretches of the curve.</param>
/// <param name="Rates">Steps a second in each.</param>
/// <param name="LastStep">Greatest step.</param>
/// <param name="LastTime">Wall time of the last point.</param>
/// <param name="Pauses">Seconds of stretches without a point that are many times longer than usual.</param>
public sealed record Throughput(double Recent, double Overall, IReadOnlyList<double> Times, IReadOnlyList<double> Rates, double LastStep, double LastTime, double Pauses)
{
    private const int Stretches = 120;

    // Of the points lately: enough for evaluations in between to be in it as often as they are.
    private const double RecentShare = 0.2;
    private const int FewPoints = 20;

    // A pause is this many times as long as points are apart usually, and as long as a person would notice.
    private const double PauseTimes = 20;
    private const double PauseSeconds = 30;

    /// <summary>Reads points in the order logged; null where fewer than two can be used. A step that goes back (a restarted job) begins anew.</summary>
    public static Throughput? Of(ReadOnlySpan<long> steps, ReadOnlySpan<double> times)
    {
        var from = new List<(double Step, double Time)>();
        double gone = 0, pauses = 0, previous = double.NaN;
        var apart = Apart(times);
        foreach (var i in Enumerable.Range(0, steps.Length))
        {
            var (step, time) = ((double)steps[i], times[i]);
            if (!double.IsFinite(time)) continue;
            if (from.Count > 0)
            {
                var pause = time - from[^1].Time;
                // A clock that was set back tells nothing of what came before.
                if (pause < 0) continue;
                if (pause > Math.Max(PauseTimes * apart, PauseSeconds)) pauses += pause;
                // What a restart does again counts as work of the machine.
                gone += Math.Max(0, step - previous);
            }

            previous = step;
            from.Add((gone, time));
        }

        if (from.Count < 2 || !(from[^1].Time > from[0].Time)) return null;
        var first = Math.Max(0, from.Count - Math.Max(FewPoints, (int)(from.Count * RecentShare)) - 1);
        var (work, busy) = (0.0, 0.0);
        for (var i = first + 1; i < from.Count; i++)
        {
            var stretch = from[i].Time - from[i - 1].Time;
            if (stretch > Math.Max(PauseTimes * apart, PauseSeconds)) continue;
            work += from[i].Step - from[i - 1].Step;
            busy += stretch;
        }

        var (ends, rates) = Curve(from);
        return new Throughput(busy > 0 && work > 0 ? work / busy : double.NaN, from[^1].Step / (from[^1].Time - from[0].Time), ends, rates, Greatest(steps), from[^1].Time, pauses);
    }

    private static double Greatest(ReadOnlySpan<long> steps)
    {
        var greatest = long.MinValue;
        foreach (var step in steps) greatest = Math.Max(greatest, step);
        return greatest;
    }

    private static double Apart(ReadOnlySpan<double> times)
    {
        var apart = new List<double>();
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] >= times[i - 1]) apart.Add(times[i] - times[i - 1]);
        }

        apart.Sort();
        return apart.Count == 0 ? 0 : apart[apart.Count / 2];
    }

    private static (List<double> Ends, List<double> Rates) Curve(List<(double Step, double Time)> points)
    {
        var (ends, rates) = (new List<double>(), new List<double>());
        var length = (points[^1].Time - points[0].Time) / Stretches;
        var last = 0;
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].Time - points[last].Time < length || points[i].Time <= points[last].Time) continue;
            ends.Add(points[i].Time);
            rates.Add((points[i].Step - points[last].Step) / (points[i].Time - points[last].Time));
            last = i;
        }

        return (ends, rates);
    }
}
