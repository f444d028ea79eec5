using System.Text;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Fields of lines of text, of no more lines and fields than there may be: a file of nothing but line feeds would otherwise become more objects than there is memory.</summary>
internal static class DelimitedText
{
    /// <summary>Fields as they stand between separators; a line ends at a line feed. Empty lines at the end do not count.</summary>
    /// <exception cref="TensorFileException">There are more lines, or more fields in one.</exception>
    public static List<string[]> Plain(string text, char separator, int mostLines, int mostFields)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] is '\n' or '\r') end--;
        var lines = new List<string[]>();
        for (var at = 0; at <= end && end > 0;)
        {
            if (lines.Count == mostLines) throw TooMany("lines", mostLines);
            var length = text.AsSpan(at, end - at).IndexOf('\n') is >= 0 and var found ? found : end - at;
            var line = text.AsSpan(at, length).TrimEnd('\r');
            if (line.Count(separator) >= mostFields) throw TooMany("fields in a line", mostFields);
            lines.Add(line.ToString().Split(separator));
            at += length + 1;
        }
        return lines;
    }

    /// <summary>Fields that may stand in double quotes (RFC 4180), with separators, line feeds and doubled quotes within them.</summary>
    /// <exception cref="TensorFileException">There are more lines, or more fields in one.</exception>
    public static List<string[]> Quoted(string text, char separator, int mostLines, int mostFields)
    {
        var lines = new List<string[]>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        // Lines that hold nothing, which count only where another follows.
        var empty = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[++at]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) quoted = true;
            else if (c == separator) EndField();
            else if (c == '\n') EndLine();
            else if (c != '\r') field.Append(c);
        }
        if (field.Length > 0 || fields.Count > 0) EndLine();
        return lines;

        void EndField()
        {
            if (fields.Count == mostFields) throw TooMany("fields in a line", mostFields);
            fields.Add(field.ToString());
            field.Clear();
        }

        void EndLine()
        {
            EndField();
            if (fields is [""])
            {
                empty++;
            }
            else
            {
                if (lines.Count + empty >= mostLines) throw TooMany("lines", mostLines);
                for (; empty > 0; empty--) lines.Add([""]);
                lines.Add([.. fields]);
            }
            fields.Clear();
        }
    }

    private static TensorFileException TooMany(string what, int most) => new($"it has more than {most} {what}");
}
