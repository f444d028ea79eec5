namespace Dashboard.Server;

/// <summary>Literals whose meaning the value beside them decides, and those that it can never equal.</summary>
internal static class LiteralChecks
{
    private static readonly string[] Statuses = ["running", "finished", "failed"];

    /// <summary>Reads on after <c>now</c>, in one word (<c>now-2d</c>) or three (<c>now - 2d</c>); null where the word is another.</summary>
    /// <exception cref="QueryException">What follows the sign is no duration.</exception>
    public static QueryLiteral? FromNow(QueryToken token, TokenReader tokens)
    {
        const string Now = "now";
        var text = token.Text;
        if (!text.StartsWith(Now, StringComparison.OrdinalIgnoreCase) || (text.Length > Now.Length && text[Now.Length] is not ('-' or '+')))
            return null;
        var span = token.Span;
        var offset = text[Now.Length..];
        // A sign on its own, or one that stands before a duration: "now - 2d", "now -2d".
        if (offset.Length == 0 && tokens.Current is { Kind: QueryTokenKind.Word } sign && sign.Text[0] is '-' or '+')
        {
            sign = tokens.Take();
            offset = sign.Text;
            span = span.To(sign.Span);
        }
        if (offset.Length == 1)
        {
            var duration = tokens.Take(QueryTokenKind.Word, "a duration, such as 2d");
            offset += duration.Text;
            span = span.To(duration.Span);
        }
        double seconds = 0;
        if (offset.Length > 0)
            seconds = (QueryTimes.Duration(offset[1..]) ?? throw new QueryException("invalid_duration", $"'{TokenReader.Shown(offset[1..])}' is no duration; write 90s, 15m, 2h or 3d.", span))
                * (offset[0] == '-' ? -1 : 1);
        return new QueryLiteral { Text = text, IsQuoted = false, Span = span, FromNow = seconds };
    }

    /// <summary>The literal as it stands beside a value.</summary>
    /// <exception cref="QueryException">The value can never be like it.</exception>
    public static QueryLiteral Checked(QueryLiteral literal, ValuePath path)
    {
        if (path.IsMoment)
        {
            var moment = literal.IsPlainNumber || (literal.IsQuoted && literal.Number is not null) ? (literal.Number!.Value, Math.BitIncrement(literal.Number.Value)) : QueryTimes.Moment(literal.Text);
            return moment is null
                ? throw new QueryException("invalid_date", $"'{TokenReader.Shown(literal.Text)}' is no date; write \"2026-01-31\", \"2026-01-31T18:30\", now - 2d, or seconds since 1970.", literal.Span)
                : literal with { Moment = moment };
        }
        if (path.Field is RunField.Duration or RunField.Summary && literal.Number is null)
            throw path.Field == RunField.Duration
                ? new QueryException("invalid_duration", $"'{TokenReader.Shown(literal.Text)}' is no duration; write 90s, 15m, 2h or 3d, or seconds.", literal.Span)
                : new QueryException("invalid_number", $"'{TokenReader.Shown(literal.Text)}' is no number, and a metric's value is always one.", literal.Span);
        if (path.Field == RunField.Status && !Statuses.Contains(literal.Text))
            throw new QueryException("unknown_status", $"A status is running, finished or failed{(Suggestion.For(literal.Text, Statuses) is { } near ? $"; did you mean {near}?" : ".")}", literal.Span);
        return literal;
    }
}
