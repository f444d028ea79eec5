namespace Dashboard.Analysis;

/// <summary>One scalar series of a run as the diagnosis reads it, in the order logged.</summary>
/// <remarks>The older part may be thinned to buckets, a stored point with the extremes of each; the newest hundred points or more should be exact, because what has just begun shows there alone.</remarks>
/// <param name="Tag">The series' tag.</param>
/// <param name="Steps">Steps, one a point.</param>
/// <param name="Values">Values, one a step; NaN and infinities included.</param>
/// <exception cref="ArgumentException">The columns are not of one length.</exception>
public sealed record SignalCurve(string Tag, long[] Steps, double[] Values)
{
    /// <summary>Values, one a step.</summary>
    public double[] Values { get; } = Values.Length == Steps.Length
        ? Values
        : throw new ArgumentException($"{Steps.Length} steps and {Values.Length} values: each step needs its value.", nameof(Values));

    /// <summary>Values of each bucket that are not finite; null where every point is exact. The value of a point itself need not be counted.</summary>
    public int[]? NonFinite { get; init; }

    /// <summary>Smallest finite value of each bucket; null where every point is exact.</summary>
    public double[]? Min { get; init; }

    /// <summary>Largest finite value of each bucket; null where every point is exact.</summary>
    public double[]? Max { get; init; }
}
