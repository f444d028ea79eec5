namespace Dashboard.Contracts;

/// <summary>The part <c>plan</c> 0 of a landscape: what is known before the first tile.</summary>
public sealed record LandscapePlanPart
{
    /// <summary>Coordinates along the first direction.</summary>
    public required IReadOnlyList<double> X { get; init; }
    /// <summary>Coordinates along the second; null for a line.</summary>
    public IReadOnlyList<double>? Y { get; init; }
    /// <summary>Points of a tile; tile i begins at point i times this, points being counted along x first.</summary>
    public required int TilePoints { get; init; }
    /// <summary>Samples of the preview; null where there is none.</summary>
    public long? PreviewSamples { get; init; }
    /// <summary>Samples of the batch.</summary>
    public required long Samples { get; init; }
    /// <summary>Loss at the origin.</summary>
    public double? CenterLoss { get; init; }
    /// <summary>Checkpoints on the plane, with their losses.</summary>
    public LandscapePath? Path { get; init; }
    /// <summary>As in <see cref="LandscapeView"/>.</summary>
    public IReadOnlyList<double>? ExplainedVariance { get; init; }
    /// <summary>As in <see cref="LandscapeView"/>.</summary>
    public IReadOnlyList<double>? Eigenvalues { get; init; }
}
