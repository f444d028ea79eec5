namespace Dashboard.Analysis;

/// <summary>How neighbours are searched.</summary>
public sealed record NeighborOptions
{
    /// <summary>Exactly or not.</summary>
    public NeighborMethod Method { get; init; }

    /// <summary>Seed of the approximate search; the exact one draws nothing.</summary>
    public ulong Seed { get; init; }
}
