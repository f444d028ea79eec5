using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>One rule as it is in force.</summary>
public sealed record RuleView
{
    /// <summary>Name of the rule; what an overlay changes it by.</summary>
    public required string Id { get; init; }
    /// <summary>Code of its findings.</summary>
    public required string Code { get; init; }
    /// <summary>What it looks at.</summary>
    public required string Scope { get; init; }
    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }
    /// <summary>Whether it is in force.</summary>
    public required bool Enabled { get; init; }
    /// <summary>Whether it is the project's own; else one of the default ones.</summary>
    public required bool Own { get; init; }
    /// <summary>Whether the project changes it.</summary>
    public required bool Changed { get; init; }
    /// <summary>What it recognises and why, in the language of the request.</summary>
    public required string Doc { get; init; }
    /// <summary>The rule itself.</summary>
    public required JsonElement Rule { get; init; }
    /// <summary>Its parameters as they are by default; null for the project's own rules.</summary>
    public JsonElement? Defaults { get; init; }
}
