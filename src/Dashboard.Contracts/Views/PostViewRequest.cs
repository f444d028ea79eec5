using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/views</c>.</summary>
public sealed record PostViewRequest
{
    /// <summary>Project name.</summary>
    public string? Project { get; init; }
    /// <summary><c>view</c>, <c>query</c> or <c>report</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>What to call it.</summary>
    public string? Name { get; init; }
    /// <summary>A JSON object.</summary>
    public JsonElement? Body { get; init; }
}
