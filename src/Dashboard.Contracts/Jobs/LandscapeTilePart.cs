namespace Dashboard.Contracts;

/// <summary>A part <c>preview</c>, <c>loss</c> or <c>validation</c> of a landscape: consecutive points, rows following y.</summary>
public sealed record LandscapeTilePart
{
    /// <summary>Number of its first point.</summary>
    public required int First { get; init; }
    /// <summary>One a point.</summary>
    public required IReadOnlyList<double> Loss { get; init; }
    /// <summary>One a point; null where the targets are no classes.</summary>
    public IReadOnlyList<double>? Accuracy { get; init; }
}
