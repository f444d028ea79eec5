namespace Dashboard.Contracts;

/// <summary>Checkpoints on a landscape, in the order asked for.</summary>
public sealed record LandscapePath
{
    /// <summary>Coordinate along the first direction, by least squares.</summary>
    public required IReadOnlyList<double> X { get; init; }
    /// <summary>Coordinate along the second; zeros on a line.</summary>
    public required IReadOnlyList<double> Y { get; init; }
    /// <summary>True loss of the checkpoint itself, on the first batch; not that of its shadow on the plane.</summary>
    public required IReadOnlyList<double> Loss { get; init; }
    /// <summary>The same on the second batch; null where there is none.</summary>
    public IReadOnlyList<double>? ValidationLoss { get; init; }
    /// <summary>Distance from the plane in weight space.</summary>
    public IReadOnlyList<double>? Residual { get; init; }
    /// <summary>Names of the checkpoints.</summary>
    public required IReadOnlyList<string> Names { get; init; }
    /// <summary>Their steps; null where one was stored without.</summary>
    public IReadOnlyList<long?>? Steps { get; init; }
}
