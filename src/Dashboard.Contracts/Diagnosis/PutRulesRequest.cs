using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/diagnosis/rules</c>: replaces what a project changes of the default rules.</summary>
public sealed record PutRulesRequest
{
    /// <summary>What changes: an object with a list <c>rules</c> of rules switched off, tuned and added. An empty list goes back to the default rules.</summary>
    public JsonElement? Overlay { get; init; }
    /// <summary>Revision that the change was made from; 0 where there was none.</summary>
    public long? Revision { get; init; }
}
