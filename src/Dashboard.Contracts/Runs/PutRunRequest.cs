using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/runs</c>. A field that is absent or null leaves the run's as it is.</summary>
public sealed record PutRunRequest
{
    /// <summary>Project name.</summary>
    public string? Project { get; init; }
    /// <summary>Run name within the project; may hold <c>/</c>.</summary>
    public string? Run { get; init; }
    /// <summary>Whole configuration, a JSON object.</summary>
    public JsonElement? Config { get; init; }
    /// <summary>Whole list of labels.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Group of runs that belong together; the empty text clears it.</summary>
    public string? Group { get; init; }
    /// <summary>Name or id of the run this one came from; the empty text clears it.</summary>
    public string? Parent { get; init; }
    /// <summary>Free text.</summary>
    public string? Notes { get; init; }
    /// <summary><c>running</c>, <c>finished</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }
}
