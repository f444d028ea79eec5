using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>One rule as it is in force.</summary>
public sealed record RuleView
{
    /// <summary>Name of the rule; what an overlay changes it by.</summary>
    public required string Id { get; init; }
    /// <summary>Code of its findings.</summary>
    public required string Code { get; init; }
    /// <summary>What it is asked about: <c>curve</c>, <c>pair</c>, <c>layer</c>, <c>units</c>, <c>split</c>, <c>splits</c> or <c>scalar</c>.</summary>
    public required string Scope { get; init; }
    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }
    /// <summary>Whether it is in force.</summary>
    public required bool Enabled { get; init; }
    /// <summary>Whether it is the project's own; else one of the default ones.</summary>
    public required bool Own { get; init; }
    /// <summary>What it recognises and why, in the language of the request.</summary>
    public required string Doc { get; init; }
    /// <summary>When it speaks.</summary>
    public required string When { get; init; }
    /// <summary>The sentence it says, with placeholders, in the language of the request.</summary>
    public required string Sentence { get; init; }
    /// <summary>The numbers that may be tuned.</summary>
    public required IReadOnlyList<RuleParameterView> Parameters { get; init; }
    /// <summary>Severity by default; null for the project's own rules.</summary>
    public string? DefaultSeverity { get; init; }
    /// <summary>Whether it is in force by default; null for the project's own rules.</summary>
    public bool? DefaultEnabled { get; init; }
    /// <summary>The rule itself, whole.</summary>
    public required JsonElement Rule { get; init; }
}
