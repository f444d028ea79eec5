namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/runs/bulk</c>: one change of many runs.</summary>
public sealed record BulkRunsRequest
{
    /// <summary>Ids of the runs.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>What to change of each.</summary>
    public BulkRunChange? Change { get; init; }
    /// <summary>True removes the runs for good, with their data, instead of changing them.</summary>
    public bool Permanent { get; init; }
}
