using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>What a reading adds to the findings of the rules.</summary>
internal static class RunDiagnoses
{
    /// <summary>For each finding the scalar tags whose curves show it, its own first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> CurvesOf(IReadOnlyList<Finding> findings, RunSignals signals)
    {
        var tags = signals.Curves.Select(curve => curve.Name.Tag).ToHashSet(StringComparer.Ordinal);
        return [.. findings.Select(finding => finding.Evidence.Select(mark => mark.Tag).Prepend(finding.Tag).OfType<string>().Where(tags.Contains).Distinct().ToList())];
    }
}
