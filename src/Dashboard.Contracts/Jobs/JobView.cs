using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>A job as <c>GET /api/v1/jobs/{id}</c> gives it.</summary>
public sealed record JobView
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>Project name.</summary>
    public required string Project { get; init; }
    /// <summary>What a person calls it.</summary>
    public required string Name { get; init; }
    /// <summary>One of <see cref="JobStatuses"/>.</summary>
    public required string Status { get; init; }
    /// <summary>Share that is done, 0 to 1.</summary>
    public double Progress { get; init; }
    /// <summary>What the worker does just now, or said last; null before the first word.</summary>
    public string? Message { get; init; }
    /// <summary>What computed it, such as <c>cpu</c> or <c>cuda:0</c>; null before a worker has it.</summary>
    public string? Backend { get; init; }
    /// <summary>Why it failed, in words; null otherwise.</summary>
    public string? Error { get; init; }
    /// <summary>Stable code of the failure: <c>bad_input</c>, <c>out_of_memory</c>, <c>time_limit</c>, <c>engine_died</c>, <c>worker_died</c>, <c>engine_failed</c>; null otherwise.</summary>
    public string? ErrorCode { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public double Created { get; init; }
    /// <summary>When a worker first took it; null before.</summary>
    public double? Started { get; init; }
    /// <summary>When it ended; null before.</summary>
    public double? Finished { get; init; }
    /// <summary>Seconds that are left, as the worker estimates; null where it cannot tell.</summary>
    public double? SecondsLeft { get; init; }
    /// <summary>Name of the worker that has it, or had it last.</summary>
    public string? Worker { get; init; }
    /// <summary>Times that a worker died, or its engine did, while it had the job.</summary>
    public int Deaths { get; init; }
    /// <summary>Parts of the result that are stored: <c>GET /jobs/{id}/parts</c>. None any more once the result is there.</summary>
    public int Parts { get; init; }
    /// <summary>What was asked for.</summary>
    public required JsonElement Spec { get; init; }
}
