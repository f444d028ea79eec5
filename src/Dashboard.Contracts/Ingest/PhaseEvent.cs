namespace Dashboard.Contracts;

/// <summary>A named span of time, data loading say.</summary>
public sealed record PhaseEvent : IngestEvent
{
    /// <summary>What went on.</summary>
    public required string Name { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required double Started { get; init; }
    /// <summary>Seconds since the Unix epoch, not before <see cref="Started"/>.</summary>
    public required double Ended { get; init; }
}
