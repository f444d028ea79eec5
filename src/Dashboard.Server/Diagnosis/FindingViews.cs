using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Diagnoses as they are on the wire, in the language of a reader.</summary>
internal static class FindingViews
{
    // Classes shown of a split: of a hundred thousand the most frequent say enough.
    private const int MostClasses = 40;

    public static DiagnosisView Of(RunInfo run, RunDiagnosis diagnosis, string language) => new()
    {
        RunId = run.Id,
        Status = RunViews.Name(run.Status),
        Seq = diagnosis.Seq,
        ReadAt = diagnosis.ReadAt,
        RulesRevision = diagnosis.Rules.Revision,
        Items = [.. diagnosis.Findings.Select((_, at) => Of(diagnosis, at, language))],
        Read = diagnosis.Read,
        RulesFault = diagnosis.Rules.Fault,
    };

    /// <summary>A run among several: its worst finding, and all of it where asked.</summary>
    public static RunDiagnosisView Of(RunInfo run, RunDiagnosis diagnosis, string language, bool items) => new()
    {
        RunId = run.Id,
        Worst = diagnosis.Findings.Count > 0 && diagnosis.Findings[0].Severity > FindingSeverity.Info ? Of(diagnosis, 0, language) : null,
        Counts = diagnosis.Findings.GroupBy(finding => finding.Severity).ToDictionary(group => Name(group.Key), group => group.Count()),
        ReadAt = diagnosis.ReadAt,
        Diagnosis = items ? Of(run, diagnosis, language) : null,
    };

    /// <summary>A severity as it is named on the wire.</summary>
    public static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "critical",
        FindingSeverity.Warning => "warning",
        _ => "info",
    };

    private static FindingView Of(RunDiagnosis diagnosis, int at, string language)
    {
        var finding = diagnosis.Findings[at];
        return new FindingView
        {
            Code = finding.Code,
            Rule = finding.Rule,
            Severity = Name(finding.Severity),
            Tag = finding.Tag.Length == 0 ? null : finding.Tag,
            FromStep = finding.FromStep,
            ToStep = finding.ToStep,
            Confidence = finding.Confidence,
            Sentence = finding.Sentence.In(language),
            Try = [.. finding.Try.Select(text => text.In(language))],
            Evidence = new EvidenceView
            {
                Curves = diagnosis.Curves[at],
                Marks = [.. finding.Evidence.Select(Of)],
                Numbers = finding.Numbers,
                Names = finding.Names,
                Counts = diagnosis.Curves[at].Count == 0 ? Counts(finding, diagnosis.Labels) : null,
            },
        };
    }

    private static MarkView Of(EvidenceMark mark) => new()
    {
        Kind = mark.Kind switch
        {
            EvidenceKind.Range => "range",
            EvidenceKind.Point => "point",
            EvidenceKind.Level => "level",
            EvidenceKind.Line => "line",
            _ => "curve",
        },
        Label = mark.Label,
        FromStep = mark.FromStep,
        ToStep = mark.ToStep,
        FromValue = mark.FromValue,
        ToValue = mark.ToValue,
        Tag = mark.Tag,
    };

    // The split that a finding is about, and those that it names.
    private static Dictionary<string, IReadOnlyDictionary<string, long>>? Counts(Finding finding, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> labels)
    {
        var splits = finding.Names.Values.Prepend(finding.Tag).Where(labels.ContainsKey).Distinct().ToList();
        if (splits.Count == 0)
            return null;
        var classes = labels[splits[0]].OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MostClasses).Select(one => one.Key).ToList();
        return splits.ToDictionary(split => split, split => (IReadOnlyDictionary<string, long>)classes.ToDictionary(name => name, name => labels[split].GetValueOrDefault(name)));
    }
}
