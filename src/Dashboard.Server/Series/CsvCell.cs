using System.Globalization;

namespace Dashboard.Server;

/// <summary>Texts as fields of CSV.</summary>
internal static class CsvCell
{
    /// <summary>A field as RFC 4180 has it. A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.</summary>
    public static string Of(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
