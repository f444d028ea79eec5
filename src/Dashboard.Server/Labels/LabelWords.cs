using System.Globalization;
using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>What label counts say, in one plain sentence.</summary>
internal static class LabelWords
{
    /// <summary>Of a pair of splits.</summary>
    public static string Of(string a, string b, LabelComparison found, bool emptyA)
    {
        if (found.Gap == LabelGap.Empty)
            return $"{(emptyA ? a : b)} holds no sample, so there is nothing to compare.";
        if (found.Gap == LabelGap.OneClass)
            return $"{a} and {b} hold one class alone, so there is nothing to test.";
        var apart = string.Create(CultureInfo.InvariantCulture, $"{found.TotalVariation * 100:0.#} % of the samples would have to change their class for {a} and {b} to have the same shares");
        var chance = found.P < .0001 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {found.P:0.####}");
        return found.Severity switch
        {
            LabelSeverity.None when !(found.P < .05) => $"{apart}, which chance explains ({chance}).",
            LabelSeverity.None => $"{apart}: measurable ({chance}) and negligible.",
            LabelSeverity.Info => $"{apart}: a small shift that chance does not explain ({chance}).",
            LabelSeverity.Warning => $"{apart}: a shift that chance does not explain ({chance}); figures on {b} weigh classes differently than {a} does.",
            _ => $"{apart}: a large shift that chance does not explain ({chance}); figures on {b} say little about data like {a}.",
        };
    }

    /// <summary>Of one split.</summary>
    public static string Of(string split, LabelImbalance found, string? largest, string? smallest)
    {
        if (found.Gap == LabelGap.Empty)
            return $"{split} holds no sample.";
        var missing = found.Missing == 0 ? "" : found.Missing == 1 ? " One class that is known has no sample here." : string.Create(CultureInfo.InvariantCulture, $" {found.Missing} classes that are known have no sample here.");
        if (found.Gap == LabelGap.OneClass)
            return $"All samples of {split} are of the class {largest}.{missing}";
        var ratio = string.Create(CultureInfo.InvariantCulture, $"{found.Ratio:0.##}");
        var even = string.Create(CultureInfo.InvariantCulture, $"{found.Present} classes that are as even as {found.EffectiveClasses:0.##} of equal size");
        return found.Ratio < 2 || !(found.P < .01)
            ? $"{split} is balanced: {even}.{missing}"
            : $"{split} has {ratio} samples of {largest} for one of {smallest}: {even}.{missing}";
    }
}
