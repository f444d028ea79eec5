using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>The rules that a project's runs are read by.</summary>
/// <param name="Project">The project.</param>
/// <param name="Revision">Counts the changes of the project's own rules; 0 where there are none.</param>
/// <param name="Rules">Every rule as it is in force, in the order in which they are asked: the project's own first.</param>
/// <param name="Overlay">What the project changes of the default rules: an object with a list <c>rules</c>.</param>
/// <param name="Vocabulary">Features that rules may speak of, by scope.</param>
/// <param name="Fault">Why the stored changes are not in force, or null.</param>
public sealed record RulesView(
    string Project, long Revision, IReadOnlyList<RuleView> Rules, JsonElement Overlay, IReadOnlyDictionary<string, IReadOnlyList<FeatureView>> Vocabulary, string? Fault);
