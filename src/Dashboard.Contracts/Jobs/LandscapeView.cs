namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Landscape"/> job, and content of an artifact of type <c>landscape</c>.</summary>
public sealed record LandscapeView
{
    /// <summary>Coordinates along the first direction.</summary>
    public required IReadOnlyList<double> X { get; init; }
    /// <summary>Coordinates along the second; null for a line.</summary>
    public IReadOnlyList<double>? Y { get; init; }
    /// <summary>Rows follow y; a line has one row. NaN and infinities as they came out.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Loss { get; init; }
    /// <summary>Share of targets met; null where the targets are no classes.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Accuracy { get; init; }
    /// <summary>Loss at the origin.</summary>
    public double? CenterLoss { get; init; }
    /// <summary>Accuracy at the origin.</summary>
    public double? CenterAccuracy { get; init; }
    /// <summary>The second batch's surface; null where there is none.</summary>
    public LandscapeSurface? Validation { get; init; }
    /// <summary>Checkpoints on the plane; null where none were asked for.</summary>
    public LandscapePath? Path { get; init; }
    /// <summary><c>pca</c>: share of the checkpoints' variance along each component, falling.</summary>
    public IReadOnlyList<double>? ExplainedVariance { get; init; }
    /// <summary><c>hessian</c>: eigenvalues along x and y.</summary>
    public IReadOnlyList<double>? Eigenvalues { get; init; }
    /// <summary><c>between</c>: how far the loss rises above the straight line between the ends, 0 or more.</summary>
    public double? Barrier { get; init; }
    /// <summary>Euclidean norms of the directions.</summary>
    public IReadOnlyList<double>? DirectionNorms { get; init; }
    /// <summary>Share of the grid's inner points where the slice is convex; null on a line of two points.</summary>
    public double? ConvexShare { get; init; }
    /// <summary>Number of parameters that the module has.</summary>
    public long? Parameters { get; init; }
    /// <summary>Samples of the batch.</summary>
    public long? Samples { get; init; }
    /// <summary>Samples that went through the module at once in the end.</summary>
    public int? BatchSize { get; init; }
    /// <summary>What a person should know: a halved batch, a change of device, what the picture leaves out.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took, waiting apart.</summary>
    public double? Seconds { get; init; }
}
