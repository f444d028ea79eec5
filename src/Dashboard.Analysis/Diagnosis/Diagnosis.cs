namespace Dashboard.Analysis;

/// <summary>Reads a run as an expert would: asks each rule about each thing it is about.</summary>
/// <remarks>
/// Pure and deterministic: the same signals and rules give the same findings in the same order. What costs is reading curves, and that is done beforehand, curve by
/// curve (<see cref="CurveFeatures.Of"/>); asking some twenty rules takes microseconds a curve.
/// </remarks>
public static class Diagnosis
{
    /// <summary>What the run says; empty where it has nothing to say.</summary>
    /// <returns>Findings, the gravest and then the surest first; one a code and tag.</returns>
    public static IReadOnlyList<Finding> Read(RunSignals signals, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(rules);
        var subjects = RunSubjects.Of(signals).ToLookup(subject => subject.Scope);
        var heard = new HashSet<(string Code, string Tag)>();
        var findings = new List<Finding>();
        foreach (var rule in rules.Rules)
        {
            if (!rule.Enabled)
                continue;
            var said = subjects[rule.Scope]
                .Where(subject => !heard.Contains((rule.Code, subject.Tag)) && rule.IsAbout(subject.Tag))
                .Select(rule.Ask).OfType<Finding>()
                .OrderByDescending(finding => finding.Confidence).ThenBy(finding => finding.Tag, StringComparer.Ordinal)
                .Take(rule.Most).ToList();
            // Several subjects may be filed under one tag; the surest is heard.
            findings.AddRange(said.Where(finding => heard.Add((finding.Code, finding.Tag))));
        }
        return [.. findings.OrderByDescending(finding => finding.Severity).ThenByDescending(finding => finding.Confidence)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal).ThenBy(finding => finding.Tag, StringComparer.Ordinal)];
    }
}
