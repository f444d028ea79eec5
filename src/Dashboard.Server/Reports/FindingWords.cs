using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>Words around a finding, as the page has them.</summary>
internal static class FindingWords
{
    /// <summary>What it is called; the code itself for a rule of the project's own.</summary>
    public static string Title(FindingView finding, PageTexts texts)
    {
        var key = "diagnosis.code." + finding.Code;
        return texts.Keys.Contains(key) ? texts[key] : finding.Code;
    }

    public static string Severity(FindingView finding, PageTexts texts) => texts["diagnosis.severity." + finding.Severity];

    /// <summary>How sure it is, in words and as a number.</summary>
    public static string Sureness(FindingView finding, PageTexts texts) =>
        $"{texts["diagnosis.sure." + (finding.Confidence >= 0.85 ? "high" : finding.Confidence >= 0.6 ? "medium" : "low")]} ({finding.Confidence.ToString("0.00", CultureInfo.InvariantCulture)})";

    /// <summary>The steps that it rests on, or null.</summary>
    public static string? Steps(FindingView finding, PageTexts texts) => finding is { FromStep: { } from, ToStep: { } to }
        ? from == to ? texts.Fill("diagnosis.at_step", "step", Step(from)) : texts.Fill("diagnosis.steps", "from", Step(from)).Replace("{to}", Step(to), StringComparison.Ordinal)
        : null;

    /// <summary>What a mark is called; what a rule of the project's own says where it has a word of its own.</summary>
    public static string Mark(string label, PageTexts texts)
    {
        var key = "diagnosis.mark." + label;
        return texts.Keys.Contains(key) ? texts[key] : label.Replace('_', ' ');
    }

    /// <summary>What a diagnosis had to read.</summary>
    public static string Read(ReadingView read, PageTexts texts)
    {
        var words = new List<string>();
        if (read.Curves > 0)
            words.Add(texts.Fill("diagnosis.read_curves", "curves", Step(read.Curves)).Replace("{points}", Step(read.Points), StringComparison.Ordinal));
        if (read.Histograms > 0)
            words.Add(texts.Fill("diagnosis.read_histograms", "histograms", Step(read.Histograms)));
        if (read.Splits > 0)
            words.Add(texts.Fill("diagnosis.read_splits", "splits", Step(read.Splits)));
        return words.Count > 0 ? string.Join(" · ", words) : texts["diagnosis.nothing_read"];
    }

    private static string Step(long step) => step.ToString("N0", CultureInfo.InvariantCulture);
}
