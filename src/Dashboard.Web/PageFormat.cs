using System.Globalization;

namespace Dashboard.Web;

/// <summary>Numbers and times as the first rendering shows them; <c>js/format.js</c> follows the same rules afterwards.</summary>
public static class PageFormat
{
    /// <summary>Four significant digits; scientific notation beyond six digits or below a thousandth.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "−∞";
        }

        var size = Math.Abs(value);
        var text = size switch
        {
            0 => "0",
            >= 1e6 or < 1e-3 => value.ToString("0.###e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
            _ when value == Math.Floor(value) => value.ToString("0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.##", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };
        return text.Replace('-', '−');
    }

    /// <summary>A duration in seconds as its two largest units: <c>3h 20m</c>.</summary>
    public static string Duration(double seconds)
    {
        var total = (long)Math.Max(0, Math.Floor(seconds));
        return total switch
        {
            < 60 => $"{total}s",
            < 3600 => $"{total / 60}m {total % 60}s",
            < 86400 => $"{total / 3600}h {total % 3600 / 60}m",
            _ => $"{total / 86400}d {total % 86400 / 3600}h",
        };
    }

    /// <summary>Seconds since the Unix epoch as an ISO 8601 time in UTC; empty where it is outside the calendar.</summary>
    public static string Iso(double wallTime) => wallTime is > -62135596800 and < 253402300800
        ? DateTimeOffset.UnixEpoch.AddSeconds(wallTime).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
        : "";

    /// <summary>The address of a page for a project, which may be named anything.</summary>
    public static string Link(string page, string project) => $"{page}?project={Uri.EscapeDataString(project)}";
}
