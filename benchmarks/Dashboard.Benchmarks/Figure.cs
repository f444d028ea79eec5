using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>One row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Target">The figure to reach, as text; empty for a row that only informs.</param>
/// <param name="Reached">The figure reached, as text.</param>
/// <param name="Ratio">How many times better than the target; below 1 it was missed. NaN where there is no target.</param>
/// <param name="How">What else was seen while it was taken.</param>
internal sealed record Figure(string What, string Target, string Reached, double Ratio, string How)
{
    /// <summary>A figure that should be high.</summary>
    public static Figure AtLeast(string what, double target, double reached, string unit, string how) =>
        new(what, $"≥ {Text(target)} {unit}", $"{Text(reached)} {unit}", reached / target, how);

    /// <summary>A figure that should be low.</summary>
    public static Figure AtMost(string what, double target, double reached, string unit, string how) =>
        new(what, $"≤ {Text(target)} {unit}", $"{Text(reached)} {unit}", target / reached, how);

    /// <summary>A figure without a target.</summary>
    public static Figure Info(string what, string reached, string how) => new(what, "", reached, double.NaN, how);

    /// <summary>Three significant digits, thousands as k or M.</summary>
    public static string Text(double value) => value switch
    {
        >= 999_500 => (value / 1e6).ToString(value >= 99.95e6 ? "0" : value >= 9.995e6 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " M",
        >= 10_000 => (value / 1e3).ToString("0", CultureInfo.InvariantCulture) + " k",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
