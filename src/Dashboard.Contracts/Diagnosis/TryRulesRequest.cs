using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/diagnosis/rules/try</c>: reads a run by rules that are not in force; nothing is stored.</summary>
public sealed record TryRulesRequest
{
    /// <summary>The run to read; absent where the rules are only to be checked.</summary>
    public string? RunId { get; init; }
    /// <summary>What changes of the default rules; absent for nothing.</summary>
    public JsonElement? Overlay { get; init; }
}
