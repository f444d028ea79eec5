using System.Globalization;

namespace Dashboard.Server;

/// <summary>A value of a run: nothing, a number, a text, a boolean, or the run's tags. Sixteen bytes, because a catalogue holds hundreds of thousands.</summary>
internal readonly struct QueryValue : IEquatable<QueryValue>
{
    private static readonly object NumberMark = new();
    private static readonly object BooleanMark = new();

    private readonly object? _mark;
    private readonly double _number;

    private QueryValue(object? mark, double number)
    {
        _mark = mark;
        _number = number;
    }

    public static QueryValue Of(double number) => new(NumberMark, number);

    public static QueryValue Of(bool truth) => new(BooleanMark, truth ? 1 : 0);

    public static QueryValue Of(string? text) => new(text, 0);

    public static QueryValue Of(IReadOnlyList<string> list) => new(list, 0);

    public QueryValueKind Kind => _mark switch
    {
        null => QueryValueKind.Absent,
        string => QueryValueKind.Text,
        _ when ReferenceEquals(_mark, NumberMark) => QueryValueKind.Number,
        _ when ReferenceEquals(_mark, BooleanMark) => QueryValueKind.Boolean,
        _ => QueryValueKind.List,
    };

    public double Number => _number;

    public bool Boolean => _number != 0;

    /// <summary>The text, or null where the value is none.</summary>
    public string? Text => _mark as string;

    /// <summary>The texts of a list; empty for other kinds.</summary>
    public IReadOnlyList<string> List => _mark as IReadOnlyList<string> ?? [];

    /// <summary>What a regular expression is matched against; null where the value is absent.</summary>
    public string? AsText() => Kind switch
    {
        QueryValueKind.Text => Text,
        QueryValueKind.Number => _number.ToString("R", CultureInfo.InvariantCulture),
        QueryValueKind.Boolean => Boolean ? "true" : "false",
        QueryValueKind.List => string.Join(", ", List),
        _ => null,
    };

    /// <summary>Rough bytes of memory beyond the value itself.</summary>
    public int Bytes => Text is { } text ? 24 + (2 * text.Length) : 0;

    public bool Equals(QueryValue other) =>
        Kind == other.Kind && _number.Equals(other._number) && (_mark is string text ? text == other.Text : Kind != QueryValueKind.List || List.SequenceEqual(other.List));

    public override bool Equals(object? obj) => obj is QueryValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _number, Text);
}
