using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/views/{view_id}</c>.</summary>
public sealed record PutViewRequest
{
    /// <summary>What to call it.</summary>
    public string? Name { get; init; }
    /// <summary>A JSON object, whole.</summary>
    public JsonElement? Body { get; init; }
    /// <summary>The version that the change was made from.</summary>
    public long? Version { get; init; }
}
