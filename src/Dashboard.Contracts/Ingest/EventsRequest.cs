namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/events</c>: events of one run, stored whole or not at all.</summary>
public sealed record EventsRequest
{
    /// <summary>Project name, 1 to 512 UTF-8 bytes without control characters; created when first named.</summary>
    public required string Project { get; init; }
    /// <summary>Run name within the project, by the same rules; may hold <c>/</c>.</summary>
    public required string Run { get; init; }
    /// <summary>Events in the order logged.</summary>
    public required IReadOnlyList<IngestEvent> Events { get; init; }
}
