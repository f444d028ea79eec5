namespace Dashboard.Analysis;

/// <summary>How clusters are judged.</summary>
public sealed record SilhouetteOptions
{
    /// <summary>Vectors at the most: every pair of them is measured. Beyond, some are drawn, and judged as if they were all.</summary>
    public int Sample { get; init; } = 10_000;

    /// <summary>Draws the sample.</summary>
    public ulong Seed { get; init; }
}
