namespace Dashboard.Server;

/// <summary>How values compare: the rules of the language, in one place.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A value that is absent makes every comparison false, <c>!=</c> included; <c>has()</c> and <c>not</c> ask for absence.</item>
/// <item>Numbers compare as numbers. NaN equals only the literal <c>nan</c>, and is neither less nor greater than anything.</item>
/// <item>Texts compare by their UTF-16 units, case and all; <c>~</c> is there for the rest.</item>
/// <item>A text that reads as a number is one beside a number. Where the two are still of different kinds they are not equal, and neither is less.</item>
/// </list>
/// </remarks>
internal static class ValueComparison
{
    /// <summary>Compares a value with a literal.</summary>
    /// <param name="value">The value.</param>
    /// <param name="comparison">How.</param>
    /// <param name="literal">The literal.</param>
    /// <param name="now">Time of the request, seconds since the Unix epoch.</param>
    public static bool Holds(QueryValue value, QueryOperator comparison, QueryLiteral literal, double now)
    {
        if (value.Kind == QueryValueKind.Absent)
            return false;
        if (literal.FromNow is { } offset)
            return Holds(value, comparison, QueryValue.Of(now + offset));
        if (literal.Moment is var (from, to) && comparison is QueryOperator.Equal or QueryOperator.NotEqual)
            return (value.Number >= from && value.Number < to) == (comparison == QueryOperator.Equal);
        if (literal.Moment is { } moment)
            return Holds(value, comparison, QueryValue.Of(moment.From));
        return value.Kind switch
        {
            QueryValueKind.Number when literal.Number is { } number => Holds(value, comparison, QueryValue.Of(number)),
            QueryValueKind.Boolean when literal.Boolean is { } truth => Holds(value, comparison, QueryValue.Of(truth)),
            QueryValueKind.Text when literal.IsPlainNumber => Holds(value, comparison, QueryValue.Of(literal.Number!.Value)),
            _ => Holds(value, comparison, QueryValue.Of(literal.Text)),
        };
    }

    /// <summary>Compares two values.</summary>
    public static bool Holds(QueryValue left, QueryOperator comparison, QueryValue right)
    {
        if (left.Kind == QueryValueKind.Absent || right.Kind == QueryValueKind.Absent)
            return false;
        if (left.Kind != right.Kind)
            (left, right) = (ReadAsNumber(left), ReadAsNumber(right));
        if (left.Kind != right.Kind)
            return comparison == QueryOperator.NotEqual;
        return comparison switch
        {
            QueryOperator.Equal => left.Equals(right),
            QueryOperator.NotEqual => !left.Equals(right),
            _ when left.Kind == QueryValueKind.Number => Ordered(left.Number, comparison, right.Number),
            _ when left.Kind == QueryValueKind.Text => Ordered(string.CompareOrdinal(left.Text, right.Text), comparison, 0),
            _ => false,
        };
    }

    /// <summary>The order of a sort: numbers, then texts (case ignored first), then booleans, then lists; only for values that are there and not NaN.</summary>
    public static int Compare(in QueryValue left, in QueryValue right)
    {
        var kind = left.Kind;
        if (kind != right.Kind)
            return kind.CompareTo(right.Kind);
        if (kind is QueryValueKind.Number or QueryValueKind.Boolean)
            return left.Number.CompareTo(right.Number);
        var (first, second) = (left.AsText(), right.AsText());
        var order = string.Compare(first, second, StringComparison.OrdinalIgnoreCase);
        return order != 0 ? order : string.CompareOrdinal(first, second);
    }

    /// <summary>True where a sort puts the value last, whichever its direction.</summary>
    public static bool SortsLast(in QueryValue value) => value.Kind switch
    {
        QueryValueKind.Absent => true,
        QueryValueKind.Number => double.IsNaN(value.Number),
        QueryValueKind.List => value.List.Count == 0,
        _ => false,
    };

    private static bool Ordered(double left, QueryOperator comparison, double right) => comparison switch
    {
        QueryOperator.Less => left < right,
        QueryOperator.AtMost => left <= right,
        QueryOperator.Greater => left > right,
        _ => left >= right,
    };

    private static QueryValue ReadAsNumber(QueryValue value) =>
        value.Text is { } text && QueryLiteral.PlainNumber(text) is { } number ? QueryValue.Of(number) : value;
}
