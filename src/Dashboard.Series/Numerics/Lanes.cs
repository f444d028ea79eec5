using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Extremes over the lanes of a vector.</summary>
internal static class Lanes
{
    /// <summary>Fewest items for which a vector loop is worth its set-up.</summary>
    public const int Worthwhile = 12;

    /// <summary>The smallest lane.</summary>
    public static long Min(Vector256<long> lanes)
    {
        var half = Vector128.Min(lanes.GetLower(), lanes.GetUpper());
        return Math.Min(half.GetElement(0), half.GetElement(1));
    }

    /// <summary>The largest lane.</summary>
    public static long Max(Vector256<long> lanes)
    {
        var half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        return Math.Max(half.GetElement(0), half.GetElement(1));
    }

    /// <summary>The smallest lane of numbers without NaN; -0 is smaller than 0.</summary>
    public static double Min(Vector256<double> lanes)
    {
        var half = Vector128.Min(lanes.GetLower(), lanes.GetUpper());
        return Math.Min(half.GetElement(0), half.GetElement(1));
    }

    /// <summary>The largest lane of numbers without NaN; 0 is larger than -0.</summary>
    public static double Max(Vector256<double> lanes)
    {
        var half = Vector128.Max(lanes.GetLower(), lanes.GetUpper());
        return Math.Max(half.GetElement(0), half.GetElement(1));
    }
}
