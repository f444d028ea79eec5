using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Numbers as the interface writes them: doubles with three named ones, and steps that are integers however they are written.</summary>
internal static class JsonNumbers
{
    // Longer than any double or step needs; what is longer still is parsed all the same, on the heap.
    private const int StackDigits = 64;

    /// <summary>A number, or one of the texts NaN, Infinity, -Infinity.</summary>
    public static NumberFault Double(ref Utf8JsonReader reader, out double value)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetDouble(out value) || double.IsInfinity(value))
                return NumberFault.OutOfRange;
            return NumberFault.None;
        }
        value = double.NaN;
        if (reader.TokenType != JsonTokenType.String)
            return NumberFault.WrongType;
        if (reader.ValueTextEquals("NaN"u8))
            return NumberFault.None;
        if (reader.ValueTextEquals("Infinity"u8))
            value = double.PositiveInfinity;
        else if (reader.ValueTextEquals("-Infinity"u8))
            value = double.NegativeInfinity;
        else
            return NumberFault.WrongType;
        return NumberFault.None;
    }

    /// <summary>A number whose value is an integer within 64 bits: <c>10</c>, <c>1e3</c> and <c>10.0</c> are, <c>10.5</c> is not.</summary>
    public static NumberFault Int64(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return NumberFault.WrongType;
        if (reader.TryGetInt64(out value))
            return NumberFault.None;
        // A double decides the range; a decimal, which holds every 64-bit integer, decides the value.
        if (!reader.TryGetDouble(out var approximate) || Math.Abs(approximate) > 9.3e18)
            return NumberFault.OutOfRange;
        var length = reader.HasValueSequence ? (int)reader.ValueSequence.Length : reader.ValueSpan.Length;
        Span<char> text = length <= StackDigits ? stackalloc char[StackDigits] : new char[length];
        var bytes = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        for (var at = 0; at < length; at++)
            text[at] = (char)bytes[at];
        text = text[..length];
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
            return NumberFault.OutOfRange;
        if (exact != decimal.Truncate(exact) || (exact == 0 && !IsZero(text)))
            return NumberFault.NotInteger;
        if (exact < long.MinValue || exact > long.MaxValue)
            return NumberFault.OutOfRange;
        value = (long)exact;
        return NumberFault.None;
    }

    // What is too small for a decimal reads as zero, and is none unless all its digits are.
    private static bool IsZero(ReadOnlySpan<char> number)
    {
        var exponent = number.IndexOfAny('e', 'E');
        return !(exponent < 0 ? number : number[..exponent]).ContainsAnyInRange('1', '9');
    }

    /// <summary>The words of a fault for a field that holds doubles.</summary>
    public static (string Code, string Message) DescribeDouble(NumberFault fault) => fault == NumberFault.OutOfRange
        ? ("out_of_range", "The number is beyond the range of a double; infinities are the texts \"Infinity\" and \"-Infinity\".")
        : ("wrong_type", "Expected a number, or one of the texts \"NaN\", \"Infinity\", \"-Infinity\".");

    /// <summary>The words of a fault for a field that holds integers.</summary>
    public static (string Code, string Message) DescribeInt64(NumberFault fault) => fault switch
    {
        NumberFault.OutOfRange => ("out_of_range", "The integer does not fit in 64 bits."),
        NumberFault.NotInteger => ("not_an_integer", "Expected an integer, got a fraction."),
        _ => ("wrong_type", "Expected an integer."),
    };
}
