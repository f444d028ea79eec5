using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>The rules that a project's runs are read by.</summary>
/// <param name="Set">The rules in force; one object for as long as they are the same.</param>
/// <param name="Revision">Revision of the project's changes; 0 where there are none.</param>
/// <param name="Fault">Why the stored changes are not in force, or null.</param>
internal sealed record ProjectRules(RuleSet Set, long Revision, string? Fault)
{
    /// <summary>Whether some rule in force is about curves of any meaning, whose names tell nothing.</summary>
    public bool ReadsEverything { get; } = Set.Rules.Any(rule => rule is { Enabled: true, Scope: RuleScope.Scalar });
}
