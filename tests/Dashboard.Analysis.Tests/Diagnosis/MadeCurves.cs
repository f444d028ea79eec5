namespace Dashboard.Analysis.Tests;

/// <summary>Curves of known shape, with seeded noise.</summary>
internal static class MadeCurves
{
    public static CurveFeatures Curve(string tag, int points, Func<double, double> at, double noise = 0, int every = 1) => CurveFeatures.Of(Raw(tag, points, at, noise, every));

    /// <summary>Values at t = 0 to 1, each multiplied by 1 + noise·N(0, 1).</summary>
    public static SignalCurve Raw(string tag, int points, Func<double, double> at, double noise = 0, int every = 1)
    {
        var random = new Random(points + tag.Length);
        var values = new double[points];
        for (var point = 0; point < points; point++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[point] = at(point / (double)points) * (1 + (noise * normal));
        }
        return new SignalCurve(tag, [.. Enumerable.Range(0, points).Select(point => (long)point * every)], values);
    }

    public static CurveFeatures Values(string tag, params double[] values) => CurveFeatures.Of(new SignalCurve(tag, [.. Enumerable.Range(0, values.Length).Select(step => (long)step)], values));

    public static double Decay(double t) => (2.2 * Math.Exp(-5 * t)) + 0.1;

    public static IReadOnlyList<Finding> Read(params CurveFeatures[] curves) => Diagnosis.Read(new RunSignals { Curves = curves, Ended = true }, RuleSet.Default);

    public static IEnumerable<string> Codes(this IReadOnlyList<Finding> findings) => findings.Select(finding => finding.Code);

    public static IEnumerable<Finding> Alarms(this IReadOnlyList<Finding> findings) => findings.Where(finding => finding.Severity > FindingSeverity.Info);
}
