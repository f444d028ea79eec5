using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Values of fields. Each method starts at the field's name and ends on the last token of its value, whatever that is.</summary>
internal sealed partial class EventsDecoder
{
    private double ReadDouble(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        var fault = JsonNumbers.Double(ref reader, out var value);
        if (fault != NumberFault.None)
        {
            Fault(field, JsonNumbers.DescribeDouble(fault));
            reader.Skip();
        }
        return value;
    }

    private long ReadInt64(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        var fault = JsonNumbers.Int64(ref reader, out var value);
        if (fault != NumberFault.None)
        {
            Fault(field, JsonNumbers.DescribeInt64(fault));
            reader.Skip();
        }
        return value;
    }

    private double ReadWallTime(ref Utf8JsonReader reader, string field = "wall_time")
    {
        var value = ReadDouble(ref reader, field);
        if (double.IsFinite(value))
            return value;
        // A value that was refused already reads as NaN; only the texts for non-finite ones come here as a fault of their own.
        if (reader.TokenType == JsonTokenType.String && JsonNumbers.Double(ref reader, out _) == NumberFault.None)
            Fault(field, ("out_of_range", "A wall time must be finite: seconds since the Unix epoch."));
        return _batch.Now;
    }

    private bool EnterArray(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
            return true;
        Fault(field, ("wrong_type", "Expected an array."));
        reader.Skip();
        return false;
    }

    private void ReadDoubles(ref Utf8JsonReader reader, string field, List<double> into)
    {
        into.Clear();
        if (EnterArray(ref reader, field))
            ReadRow(ref reader, field, into);
    }

    // Appends the elements of the array that the reader has entered.
    private void ReadRow(ref Utf8JsonReader reader, string field, List<double> into)
    {
        var first = into.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var fault = JsonNumbers.Double(ref reader, out var value);
            if (fault != NumberFault.None)
            {
                Fault($"{field}/{into.Count - first}", JsonNumbers.DescribeDouble(fault));
                reader.Skip();
            }
            into.Add(value);
        }
    }

    private void ReadInt64s(ref Utf8JsonReader reader, string field, List<long> into)
    {
        into.Clear();
        if (!EnterArray(ref reader, field))
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var fault = JsonNumbers.Int64(ref reader, out var value);
            if (fault != NumberFault.None)
            {
                Fault($"{field}/{into.Count}", JsonNumbers.DescribeInt64(fault));
                reader.Skip();
            }
            into.Add(value);
        }
    }

    // Rows of equal length, one after the other; null where they are not, which is noted. Where numbers are taken, each is a row of one.
    private Matrix? ReadMatrix(ref Utf8JsonReader reader, string field, int limit, bool takesNumbers = false)
    {
        if (!EnterArray(ref reader, field))
            return null;
        var values = new List<double>();
        int rows = 0, columns = -1;
        var fits = true;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; rows++)
        {
            var before = values.Count;
            if (takesNumbers && JsonNumbers.Double(ref reader, out var number) == NumberFault.None)
                values.Add(number);
            else if (reader.TokenType == JsonTokenType.StartArray)
                ReadRow(ref reader, $"{field}/{rows}", values);
            else
            {
                Fault($"{field}/{rows}", ("wrong_type", takesNumbers ? "Expected a number, or an array of numbers." : "Expected an array of numbers."));
                reader.Skip();
                fits = false;
                continue;
            }
            var length = values.Count - before;
            if (columns < 0)
                columns = length;
            if (length == 0)
            {
                Fault($"{field}/{rows}", ("empty", "A row needs one number at least."));
                fits = false;
            }
            else if (length != columns)
            {
                Fault($"{field}/{rows}", ("length_mismatch", $"This row has {length} numbers and the first has {columns}; they must be as many."));
                fits = false;
            }
            if (values.Count > limit)
            {
                throw ApiProblems.Refused([new(Pointer(field), "too_many_values", $"{field} may hold {limit} numbers at the most.")]);
            }
        }
        if (rows == 0)
            Fault(field, ("empty", "One row at least is needed."));
        return fits && rows > 0 ? new Matrix(rows, columns, [.. values]) : null;
    }

    private string? ReadText(ref Utf8JsonReader reader, string field, int maxBytes)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            Fault(field, ("wrong_type", "Expected a text."));
            reader.Skip();
            return null;
        }
        // Escapes only ever shorten, so this bound is safe before unescaping.
        if (reader.ValueSpan.Length > maxBytes && !reader.ValueIsEscaped)
        {
            Fault(field, ("text_too_long", $"The text is longer than {maxBytes} UTF-8 bytes."));
            return null;
        }
        var text = Text(ref reader, Pointer(field));
        if (reader.ValueIsEscaped && text is not null && System.Text.Encoding.UTF8.GetByteCount(text) > maxBytes)
        {
            Fault(field, ("text_too_long", $"The text is longer than {maxBytes} UTF-8 bytes."));
            return null;
        }
        return text;
    }

    private string? ReadName(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            Fault(field, ("wrong_type", "Expected a text."));
            reader.Skip();
            return null;
        }
        var name = Text(ref reader, Pointer(field));
        if (NameRule.Check(name, _limits.MaxNameBytes, $"The {field}") is not { } fault)
            return name;
        Fault(field, fault);
        return null;
    }
}
