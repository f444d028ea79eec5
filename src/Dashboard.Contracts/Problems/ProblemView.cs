using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What every answer outside 2xx and 3xx holds (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record ProblemView
{
    /// <summary>A name for this kind of problem.</summary>
    public required string Type { get; init; }
    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }
    /// <summary>What happened and the way out.</summary>
    public required string Detail { get; init; }
    /// <summary>Path of the request.</summary>
    public required string Instance { get; init; }
    /// <summary>Stable name in snake_case, for programs.</summary>
    public required string Code { get; init; }
    /// <summary>Whether the same request may succeed later.</summary>
    public required bool Retryable { get; init; }
    /// <summary>Finds the request in the server's log.</summary>
    public required string RequestId { get; init; }
    /// <summary>What is wrong with the body or the query, one entry a fault; absent where it is neither.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}
