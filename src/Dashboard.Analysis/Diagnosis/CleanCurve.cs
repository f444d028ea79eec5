namespace Dashboard.Analysis;

/// <summary>A curve made ready: one value a step, steps rising, finite, turned so that lower is better.</summary>
/// <remarks>Where steps go back, a restarted job has logged them anew: the last value of a step counts.</remarks>
internal sealed class CleanCurve
{
    private readonly bool _isScore;
    private readonly double _top;

    private CleanCurve(double[] steps, double[] values, bool isScore, double top)
    {
        Steps = steps;
        Values = values;
        _isScore = isScore;
        _top = top;
    }

    /// <summary>Rising steps of the finite values.</summary>
    public double[] Steps { get; }

    /// <summary>Finite values, lower being better.</summary>
    public double[] Values { get; }

    public int Count => Values.Length;

    /// <summary>Whether values are shares or percentages turned into errors, or no score at all: then zero is the best there is.</summary>
    public bool HasFloor => !_isScore || _top > 0;

    /// <summary>Values that were not finite.</summary>
    public long NonFinite { get; private init; }

    /// <summary>Step of the first value that was not finite; NaN where all are.</summary>
    public double FirstNonFinite { get; private init; } = double.NaN;

    /// <summary>How many of the last values were not finite.</summary>
    public int Trailing { get; private init; }

    /// <summary>Step of the last value, finite or not; NaN where there is none.</summary>
    public double LastStep { get; private init; } = double.NaN;

    /// <summary>A value of <see cref="Values"/> in the curve's own units.</summary>
    public double Original(double value) => _isScore ? _top - value : value;

    /// <summary>A value in the curve's own units, turned so that lower is better.</summary>
    public double Turned(double original) => _isScore ? _top - original : original;

    public static CleanCurve Of(SignalCurve curve, bool isScore)
    {
        var order = LastOfEachStep(curve.Steps);
        var steps = new double[order.Count];
        var values = new double[order.Count];
        var kept = 0;
        long wrong = 0;
        var first = double.NaN;
        var trailing = 0;
        var largest = double.NegativeInfinity;
        foreach (var at in order)
        {
            var value = curve.Values[at];
            var isFinite = double.IsFinite(value);
            var inBucket = Math.Max(curve.NonFinite?[at] ?? 0, isFinite ? 0 : 1);
            if (inBucket > 0 && double.IsNaN(first))
                first = curve.Steps[at];
            wrong += inBucket;
            trailing = isFinite ? 0 : trailing + 1;
            if (!isFinite)
                continue;
            steps[kept] = curve.Steps[at];
            values[kept++] = value;
            largest = Math.Max(largest, value);
        }
        Array.Resize(ref steps, kept);
        Array.Resize(ref values, kept);
        var top = !isScore || largest > 100 ? 0 : largest > 1.5 ? 100 : 1;
        if (isScore)
        {
            for (var at = 0; at < kept; at++)
                values[at] = top - values[at];
        }
        return new CleanCurve(steps, values, isScore, top)
        {
            NonFinite = wrong,
            FirstNonFinite = first,
            Trailing = trailing,
            LastStep = order.Count > 0 ? curve.Steps[order[^1]] : double.NaN,
        };
    }

    private static List<int> LastOfEachStep(long[] steps)
    {
        var order = new List<int>(steps.Length);
        for (var at = 0; at < steps.Length; at++)
        {
            while (order.Count > 0 && steps[order[^1]] >= steps[at])
                order.RemoveAt(order.Count - 1);
            order.Add(at);
        }
        return order;
    }
}
