using System.Globalization;

namespace Dashboard.Analysis;

/// <summary>Numbers as sentences write them.</summary>
internal static class RuleNumbers
{
    /// <summary>Three significant digits; powers of ten where zeros would be counted.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "?" : value > 0 ? "∞" : "−∞";
        var size = Math.Abs(value);
        if (size == 0)
            return "0";
        if (size is < 1e-3 or >= 1e5)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)));
        return Math.Round(value, decimals).ToString("0.#####", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as percent: whole from ten on, one digit more below.</summary>
    public static string Percent(double value) => double.IsFinite(value)
        ? (100 * value).ToString(Math.Abs(value) >= 0.0995 || value == 0 ? "0" : "0.#", CultureInfo.InvariantCulture) + " %"
        : Number(value);

    /// <summary>A step or a count.</summary>
    public static string Whole(double value) => double.IsFinite(value) ? Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture) : Number(value);
}
