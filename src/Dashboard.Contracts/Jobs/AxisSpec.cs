namespace Dashboard.Contracts;

/// <summary>Coordinates along a direction, evenly spaced, both ends included.</summary>
public sealed record AxisSpec
{
    /// <summary>First coordinate; null, with <see cref="To"/>, for a range that suits the directions.</summary>
    public double? From { get; init; }
    /// <summary>Last coordinate.</summary>
    public double? To { get; init; }
    /// <summary>How many; 51 where absent.</summary>
    public int? Points { get; init; }
}
