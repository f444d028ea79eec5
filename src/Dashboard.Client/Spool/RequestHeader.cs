namespace Dashboard.Client;

/// <summary>Everything about a request but its body: the first line of a spool file.</summary>
internal sealed record RequestHeader
{
    public required RequestKind Kind { get; init; }
    /// <summary>Idempotency key: the same for every try, in every process.</summary>
    public required string Key { get; init; }
    public required string Project { get; init; }
    public required string Run { get; init; }
    public string ContentType { get; init; } = "application/json";
    public string? ContentEncoding { get; init; }
    /// <summary>Events inside.</summary>
    public int Count { get; init; }
    public string? Artifact { get; init; }
    public string? ArtifactType { get; init; }
    public long? ArtifactStep { get; init; }
    public string? ArtifactReason { get; init; }
    public string? ArtifactMetric { get; init; }
    /// <summary>As the header has it: JSON lacks what is no number.</summary>
    public string? ArtifactMetricValue { get; init; }
    public string? ArtifactMetricGoal { get; init; }
}
