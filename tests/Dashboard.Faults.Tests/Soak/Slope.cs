namespace Dashboard.Faults.Tests;

/// <summary>A straight line through measurements by least squares: its slope, and how far chance alone would move it.</summary>
internal readonly record struct Slope(double PerUnit, double StandardError)
{
    /// <param name="x">At least three, not all the same.</param>
    /// <param name="y">As many.</param>
    public static Slope Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (spread, shared) = (0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            spread += (x[i] - meanX) * (x[i] - meanX);
            shared += (x[i] - meanX) * (y[i] - meanY);
        }
        var slope = shared / spread;
        var rest = x.Select((at, i) => y[i] - meanY - slope * (at - meanX)).Sum(off => off * off);
        return new Slope(slope, Math.Sqrt(rest / (x.Count - 2) / spread));
    }
}
