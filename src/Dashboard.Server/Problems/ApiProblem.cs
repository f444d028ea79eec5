using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>An answer outside 2xx and 3xx, before it knows its request.</summary>
public sealed record ApiProblem
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }
    /// <summary>Stable name in snake_case.</summary>
    public required string Code { get; init; }
    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }
    /// <summary>What happened and the way out. Never a file path, SQL, a secret or a stack trace.</summary>
    public required string Detail { get; init; }
    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; init; }
    /// <summary>When to try again; sent as <c>Retry-After</c> in whole seconds, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }
    /// <summary>What is wrong with the body, the query or a header; null where it is none of them.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}
