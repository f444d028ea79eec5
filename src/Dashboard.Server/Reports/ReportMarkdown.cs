using System.Globalization;
using System.Text;
using Dashboard.Storage;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>A report as Markdown. Every name is escaped, so that a run's texts stay texts.</summary>
internal static class ReportMarkdown
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int SparkWidth = 60;

    public static string Write(RunReport report, PageTexts texts)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(report.Run.Name)}\n\n");
        foreach (var block in ReportBlocks.Of(report, texts))
            Write(text, block, texts);
        text.Append(CultureInfo.InvariantCulture, $"---\n\n{Escape(texts.Fill("diagnosis.report.made", "time", PageFormat.Iso(report.Made)))}\n");
        return text.ToString();
    }

    /// <summary>A text that Markdown shows as it is, on one line.</summary>
    public static string Escape(string plain)
    {
        var text = new StringBuilder(plain.Length + 8);
        // What begins a list, a heading's underline or a rule does so at the start of a line alone.
        var start = plain.AsSpan().TrimStart("0123456789");
        if (start.Length > 0 && (start.Length == plain.Length ? start[0] is '-' or '+' or '=' : start[0] is '.' or ')'))
            text.Append(plain.AsSpan(0, plain.Length - start.Length)).Append('\\').Append(start[0]);
        for (var at = text.Length == 0 ? 0 : plain.Length - start.Length + 1; at < plain.Length; at++)
            Escape(text, plain, at);
        return text.ToString();
    }

    private static void Escape(StringBuilder text, string plain, int at)
    {
        var letter = plain[at];
        if (char.IsControl(letter))
            text.Append(' ');
        else if (letter is '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '$' or '^')
            text.Append('\\').Append(letter);
        // Neither markup, nor a mention, nor an address that a reader makes a link of.
        else if (letter is '<' or '>' or '&' or '@' || (letter == ':' && plain.AsSpan(at).StartsWith("://")) || (letter == '.' && plain.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase)))
            text.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
        else
            text.Append(letter);
    }

    private static void Write(StringBuilder text, ReportBlock block, PageTexts texts)
    {
        switch (block)
        {
            case ReportBlock.Heading heading:
                text.Append(CultureInfo.InvariantCulture, $"## {Escape(heading.Text)}\n\n");
                break;
            case ReportBlock.Paragraph paragraph:
                foreach (var line in paragraph.Text.Split('\n'))
                    text.Append(Escape(line.TrimEnd('\r'))).Append("  \n");
                text.Append('\n');
                break;
            case ReportBlock.Table table:
                Row(text, table.Header);
                Row(text, [.. table.Header.Select((_, at) => at >= table.NumbersFrom ? "--:" : "---")], escape: false);
                foreach (var row in table.Rows)
                    Row(text, row);
                text.Append('\n');
                break;
            case ReportBlock.Found found:
                Write(text, found, texts);
                break;
        }
    }

    private static void Write(StringBuilder text, ReportBlock.Found found, PageTexts texts)
    {
        var finding = found.Finding;
        var about = finding.Tag is { } tag ? $" · {Escape(tag)}" : "";
        text.Append(CultureInfo.InvariantCulture, $"### {Escape(FindingWords.Title(finding, texts))}{about}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"**{Escape(FindingWords.Severity(finding, texts))}** · {Escape(FindingWords.Sureness(finding, texts))}{(FindingWords.Steps(finding, texts) is { } steps ? " · " + Escape(steps) : "")}\n\n");
        text.Append(Escape(finding.Sentence)).Append("\n\n");
        foreach (var step in finding.Try)
            text.Append("- ").Append(Escape(step)).Append('\n');
        if (finding.Try.Count > 0)
            text.Append('\n');
        foreach (var curve in found.Curves.Take(2))
            text.Append(CultureInfo.InvariantCulture, $"{Spark(curve)} {Escape(curve.Tag)}  \n");
        if (found.Curves.Count > 0)
            text.Append('\n');
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells, bool escape = true)
    {
        text.Append('|');
        foreach (var cell in cells)
            text.Append(' ').Append(escape ? Escape(cell) : cell).Append(" |");
        text.Append('\n');
    }

    /// <summary>A curve in one line; × where nothing is finite.</summary>
    private static string Spark(ScalarWindow curve)
    {
        var width = Math.Min(SparkWidth, curve.Values.Length);
        var values = Enumerable.Range(0, width).Select(at => curve.Values[(int)((long)at * curve.Values.Length / width)]).ToArray();
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            return new string('×', width);
        var (low, high) = (finite.Min(), finite.Max());
        return string.Concat(values.Select(value => !double.IsFinite(value) ? '×' : high > low ? Bars[(int)Math.Min(Bars.Length - 1, (value - low) / (high - low) * Bars.Length)] : Bars[0]));
    }
}
