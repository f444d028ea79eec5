namespace Dashboard.Contracts;

/// <summary>One value of one series.</summary>
public sealed record ScalarEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>Value; NaN and infinities as text.</summary>
    public required double Value { get; init; }
}
