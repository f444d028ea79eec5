using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Rules as they are on the wire, in the language of a reader.</summary>
internal static class RuleViews
{
    private static readonly Dictionary<string, DiagnosisRule> Defaults = RuleSet.Default.Rules.ToDictionary(rule => rule.Id);

    private static readonly Dictionary<string, IReadOnlyList<FeatureView>> Vocabulary = Enum.GetValues<RuleScope>().ToDictionary(
        Name, scope => (IReadOnlyList<FeatureView>)[.. RuleVocabulary.For(scope).Select(feature => new FeatureView(feature.Name, feature.What))]);

    public static RulesView Of(string project, ProjectRules rules, string overlay, string language)
    {
        using var document = JsonDocument.Parse(overlay);
        return new RulesView(project, rules.Revision, [.. rules.Set.Rules.Select(rule => Of(rule, language))], document.RootElement.Clone(), Vocabulary, rules.Fault);
    }

    private static RuleView Of(DiagnosisRule rule, string language)
    {
        var usual = Defaults.GetValueOrDefault(rule.Id);
        using var json = JsonDocument.Parse(rule.Json);
        return new RuleView
        {
            Id = rule.Id,
            Code = rule.Code,
            Scope = Name(rule.Scope),
            Severity = FindingViews.Name(rule.Severity),
            Enabled = rule.Enabled,
            Own = usual is null,
            Doc = rule.Doc.In(language),
            When = rule.When,
            Sentence = rule.Sentence.In(language),
            Parameters = [.. rule.Parameters.Select(parameter => Of(parameter, usual, language))],
            DefaultSeverity = usual is null ? null : FindingViews.Name(usual.Severity),
            DefaultEnabled = usual?.Enabled,
            Rule = json.RootElement.Clone(),
        };
    }

    private static RuleParameterView Of(RuleParameter parameter, DiagnosisRule? usual, string language) => new(
        parameter.Name, parameter.Value, usual?.Parameters.FirstOrDefault(one => one.Name == parameter.Name)?.Value ?? parameter.Value,
        parameter.Minimum, parameter.Maximum, parameter.What.In(language));

    private static string Name(RuleScope scope) => JsonNamingPolicy.SnakeCaseLower.ConvertName(scope.ToString());
}
