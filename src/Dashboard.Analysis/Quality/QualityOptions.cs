namespace Dashboard.Analysis;

/// <summary>How a projection is judged.</summary>
public sealed record QualityOptions
{
    /// <summary>Neighbours on the picture that are asked whether they are neighbours in truth.</summary>
    public int TrustworthinessNeighbors { get; init; } = 5;

    /// <summary>Neighbours on the picture and in truth that are compared.</summary>
    public int PreservationNeighbors { get; init; } = 10;

    /// <summary>Points at the most: every pair of them is measured. Beyond, some are drawn, and judged as if they were all.</summary>
    public int Sample { get; init; } = 5000;

    /// <summary>Draws the sample.</summary>
    public ulong Seed { get; init; }
}
