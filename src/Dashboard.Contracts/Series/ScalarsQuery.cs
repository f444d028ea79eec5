namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/scalars/query</c>: many series at once.</summary>
public sealed record ScalarsQuery
{
    /// <summary>Runs to read.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Tags to read; absent or null for every scalar series of the runs.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Buckets a series at the most; 0 gives every stored point. 1,000 where absent.</summary>
    public int? Points { get; init; }
    /// <summary>First step of the window.</summary>
    public long? FromStep { get; init; }
    /// <summary>Last step of the window.</summary>
    public long? ToStep { get; init; }
}
