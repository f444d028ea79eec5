using System.Globalization;

namespace Dashboard.Server;

/// <summary>A value that a query names.</summary>
/// <remarks>
/// A word may read as more than one thing, and what it is compared with decides: <c>3d</c> is three days beside a number and the text "3d" beside a text.
/// </remarks>
internal sealed record QueryLiteral
{
    /// <summary>The text as written, without quotes.</summary>
    public required string Text { get; init; }

    /// <summary>True for a text in quotes.</summary>
    public required bool IsQuoted { get; init; }

    public required QuerySpan Span { get; init; }

    /// <summary>The number that the text reads as (a duration in seconds), or null.</summary>
    public double? Number { get; init; }

    /// <summary>True where the number was written as one: a text beside it is then read as a number, too.</summary>
    public bool IsPlainNumber { get; init; }

    /// <summary><c>true</c> or <c>false</c>, or null.</summary>
    public bool? Boolean { get; init; }

    /// <summary>Seconds from the time of the request for <c>now</c>, <c>now - 2d</c>; null for others.</summary>
    public double? FromNow { get; init; }

    /// <summary>The day or moment that it names beside <c>created</c> and <c>updated</c>: from the first to before the second, both in seconds since the Unix epoch.</summary>
    public (double From, double To)? Moment { get; init; }

    /// <summary>A text in quotes. It reads as a number only where all of it is one.</summary>
    public static QueryLiteral Quoted(string text, QuerySpan span) => new()
    {
        Text = text, IsQuoted = true, Span = span, Number = PlainNumber(text),
    };

    /// <summary>A word.</summary>
    public static QueryLiteral Word(string text, QuerySpan span)
    {
        var number = PlainNumber(text);
        return new QueryLiteral
        {
            Text = text,
            IsQuoted = false,
            Span = span,
            Number = number ?? QueryTimes.Duration(text),
            IsPlainNumber = number is not null,
            Boolean = text.Equals("true", StringComparison.OrdinalIgnoreCase) ? true : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : null,
        };
    }

    /// <summary>A number as JSON writes it, with <c>nan</c>, <c>inf</c> and <c>infinity</c> in any case; null where the text is none.</summary>
    public static double? PlainNumber(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
            return number;
        return text.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" or "+inf" or "+infinity" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => null,
        };
    }
}
