using System.Globalization;

namespace Dashboard.Server;

/// <summary>Durations and dates as queries write them.</summary>
internal static class QueryTimes
{
    private const double Day = 86_400;

    private static readonly string[] DateTimes =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Seconds of <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>, <c>1w</c>, <c>250ms</c>, or several in a row (<c>1h30m</c>); null for anything else.</summary>
    public static double? Duration(string text)
    {
        double seconds = 0;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            var unitStart = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
                at++;
            if (!double.TryParse(text.AsSpan(start, unitStart - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                || Unit(text.AsSpan(unitStart, at - unitStart)) is not { } unit)
                return null;
            seconds += count * unit;
        }
        return text.Length == 0 ? null : seconds;
    }

    /// <summary>What an ISO 8601 date or date with time names, in seconds since the Unix epoch; UTC where it has no offset. A date is all of its day.</summary>
    public static (double From, double To)? Moment(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var from = (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Day;
            return (from, from + Day);
        }
        if (!DateTimeOffset.TryParseExact(text, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        var at = (moment - DateTimeOffset.UnixEpoch).TotalSeconds;
        return (at, Math.BitIncrement(at));
    }

    private static double? Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => Day,
        "w" => 7 * Day,
        _ => null,
    };
}
