namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/histograms/query</c> and <c>POST /api/v1/texts/query</c>: many series at once.</summary>
public sealed record RecordsQuery
{
    /// <summary>Runs to read.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Tags to read.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Stored steps of a series at the most, chosen evenly, the first and the last always; 1 gives the last. 50 where absent.</summary>
    public int? Points { get; init; }
    /// <summary>First step of the window.</summary>
    public long? FromStep { get; init; }
    /// <summary>Last step of the window.</summary>
    public long? ToStep { get; init; }
}
