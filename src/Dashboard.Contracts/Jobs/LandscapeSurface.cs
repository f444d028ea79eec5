namespace Dashboard.Contracts;

/// <summary>Losses of one batch over a grid.</summary>
public sealed record LandscapeSurface
{
    /// <summary>Rows follow y; a line has one row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Loss { get; init; }
    /// <summary>Share of targets met; null where the targets are no classes.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Accuracy { get; init; }
    /// <summary>Loss at the origin.</summary>
    public double? CenterLoss { get; init; }
    /// <summary>Accuracy at the origin.</summary>
    public double? CenterAccuracy { get; init; }
    /// <summary>Samples of the batch.</summary>
    public long? Samples { get; init; }
}
