using System.Text;

namespace Dashboard.Server;

/// <summary>Fields of lines of text.</summary>
internal static class DelimitedText
{
    /// <summary>Fields as they stand between separators; a line ends at a line feed. Empty lines at the end do not count.</summary>
    public static List<string[]> Plain(string text, char separator)
    {
        var lines = text.Split('\n');
        var last = lines.Length;
        while (last > 0 && lines[last - 1].AsSpan().TrimEnd('\r').IsEmpty) last--;
        return [.. lines.Take(last).Select(line => line.TrimEnd('\r').Split(separator))];
    }

    /// <summary>Fields that may stand in double quotes (RFC 4180), with separators, line feeds and doubled quotes within them.</summary>
    public static List<string[]> Quoted(string text, char separator)
    {
        var lines = new List<string[]>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
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
        while (lines.Count > 0 && lines[^1] is [""]) lines.RemoveAt(lines.Count - 1);
        return lines;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        void EndLine()
        {
            EndField();
            lines.Add([.. fields]);
            fields.Clear();
        }
    }
}
