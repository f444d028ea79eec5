using System.Globalization;

namespace Dashboard.Server.Tests;

/// <summary>Curves to push, as a training job would log them.</summary>
internal static class CurveEvents
{
    /// <summary>The body of a request with one curve.</summary>
    public static string Of(string project, string run, string tag, double[] values, int from = 0)
    {
        var steps = string.Join(',', Enumerable.Range(from, values.Length));
        var texts = string.Join(',', values.Select(value => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "\"NaN\""));
        return $$"""{"project":"{{project}}","run":"{{run}}","events":[{"type":"scalars","tag":"{{tag}}","steps":[{{steps}}],"values":[{{texts}}]}]}""";
    }

    /// <summary>An exponential fall with a little noise.</summary>
    public static double[] Falling(int count) => [.. Enumerable.Range(0, count).Select(step => 0.3 + (2 * Math.Exp(-step * 5.0 / count)) + (0.01 * Math.Sin(step * 12.9898)))];

    /// <summary>Falls for sixty steps, then doubles every eight.</summary>
    public static double[] Doubling() => [.. Enumerable.Range(0, 120).Select(step => step < 60 ? 0.3 + (2 * Math.Exp(-step / 12.0)) : 0.35 * Math.Pow(2, (step - 60) / 8.0))];
}
