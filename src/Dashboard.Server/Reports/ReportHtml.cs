using System.Net;
using System.Text;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>A report as one HTML file: it holds all it needs, works without a network, and has no script. Every text of a run is escaped.</summary>
internal static class ReportHtml
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { max-width: 820px; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; }
        h1 { font-size: 1.6rem; overflow-wrap: anywhere; } h2 { margin-top: 2.2rem; font-size: 1.2rem; border-bottom: 1px solid #8886; } h3 { margin-bottom: .2rem; overflow-wrap: anywhere; }
        table { border-collapse: collapse; max-width: 100%; font-size: .92rem; } th, td { padding: .22rem .7rem .22rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; border-bottom: 1px solid #8883; }
        .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .scroll { overflow-x: auto; }
        .facts td:first-child { color: #777; white-space: nowrap; } .meta { color: #777; margin: .1rem 0; font-size: .9rem; }
        .severity { font-weight: 650; } .critical { color: #b42318; } .warning { color: #8a5a00; } .info { color: #15734a; }
        figure { margin: .8rem 0; padding: .5rem; background: #fff; border: 1px solid #8884; border-radius: 8px; } svg { width: 100%; height: auto; display: block; }
        .notes { white-space: pre-wrap; overflow-wrap: anywhere; } footer { margin-top: 3rem; color: #777; font-size: .85rem; }
        @media (prefers-color-scheme: dark) { body { background: #14171d; color: #e8eaef; } .critical { color: #ff8178; } .warning { color: #e3b04b; } .info { color: #4cc38a; } }
        @media print { body { margin: 0; max-width: none; } figure, table { break-inside: avoid; } }
        """;

    public static string Write(RunReport report, PageTexts texts)
    {
        var html = new StringBuilder();
        var title = Escape(report.Run.Name);
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(texts.Language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            // Also where it is opened as a file: whatever slipped in could neither run nor load anything.
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Escape(ReportResponse.Policy)).Append("\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
            .Append(title).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<h1><bdi>").Append(title).Append("</bdi></h1>\n");
        foreach (var block in ReportBlocks.Of(report, texts))
            Write(html, block, texts);
        html.Append("<footer>").Append(Escape(texts.Fill("diagnosis.report.made", "time", PageFormat.Iso(report.Made)))).Append("</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Write(StringBuilder html, ReportBlock block, PageTexts texts)
    {
        switch (block)
        {
            case ReportBlock.Heading heading:
                html.Append("<h2>").Append(Escape(heading.Text)).Append("</h2>\n");
                break;
            case ReportBlock.Paragraph paragraph:
                html.Append("<p class=\"notes\">").Append(Escape(paragraph.Text)).Append("</p>\n");
                break;
            case ReportBlock.Table table:
                Write(html, table);
                break;
            case ReportBlock.Found found:
                Write(html, found, texts);
                break;
        }
    }

    private static void Write(StringBuilder html, ReportBlock.Table table)
    {
        var headless = table.Header.All(cell => cell.Length == 0);
        html.Append("<div class=\"scroll\"><table").Append(headless ? " class=\"facts\"" : "").Append('>');
        if (!headless)
            Row(html, table.Header, "th", table.NumbersFrom);
        foreach (var row in table.Rows)
            Row(html, row, "td", table.NumbersFrom);
        html.Append("</table></div>\n");
    }

    private static void Row(StringBuilder html, IReadOnlyList<string> cells, string tag, int numbersFrom)
    {
        html.Append("<tr>");
        for (var at = 0; at < cells.Count; at++)
            html.Append('<').Append(tag).Append(at >= numbersFrom ? " class=\"num\"" : "").Append("><bdi>").Append(Escape(cells[at])).Append("</bdi></").Append(tag).Append('>');
        html.Append("</tr>\n");
    }

    private static void Write(StringBuilder html, ReportBlock.Found found, PageTexts texts)
    {
        var finding = found.Finding;
        html.Append("<section>\n<h3>").Append(Escape(FindingWords.Title(finding, texts)));
        if (finding.Tag is { } tag)
            html.Append(" · <bdi>").Append(Escape(tag)).Append("</bdi>");
        html.Append("</h3>\n<p class=\"meta\"><span class=\"severity ").Append(finding.Severity).Append("\">").Append(Escape(FindingWords.Severity(finding, texts))).Append("</span> · ")
            .Append(Escape(FindingWords.Sureness(finding, texts)));
        if (FindingWords.Steps(finding, texts) is { } steps)
            html.Append(" · ").Append(Escape(steps));
        html.Append("</p>\n<p>").Append(Escape(finding.Sentence)).Append("</p>\n");
        if (finding.Try.Count > 0)
        {
            html.Append("<ul>");
            foreach (var step in finding.Try)
                html.Append("<li>").Append(Escape(step)).Append("</li>");
            html.Append("</ul>\n");
        }
        var drawing = EvidenceDrawing.Of(finding, found.Curves, texts);
        if (drawing.Length > 0)
            html.Append("<figure>").Append(drawing).Append("</figure>\n");
        if (finding.Evidence.Counts is { Count: > 0 } counts)
        {
            var classes = counts.First().Value.Keys.ToList();
            Write(html, new ReportBlock.Table(["", .. counts.Keys], [.. classes.Select(name => (IReadOnlyList<string>)[name, .. counts.Values.Select(split => split.GetValueOrDefault(name).ToString("N0", System.Globalization.CultureInfo.InvariantCulture))])], 1));
        }
        html.Append("</section>\n");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) && letter is not '\n' ? ' ' : letter)));
}
