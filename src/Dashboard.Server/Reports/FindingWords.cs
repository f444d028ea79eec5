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

    private static string Step(long step) => step.ToString("N0", CultureInfo.InvariantCulture);
}
