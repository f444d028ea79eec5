namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Projection"/> job.</summary>
public sealed record ProjectionView
{
    /// <summary>One row a vector, in the order of the vectors; two or three numbers each.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> Coordinates { get; init; }
    /// <summary><c>pca</c>: share of the variance along each direction.</summary>
    public IReadOnlyList<double>? ExplainedVariance { get; init; }
    /// <summary><c>tsne</c>: what was minimised, in nats.</summary>
    public double? KlDivergence { get; init; }
    /// <summary>At k = 5, against the original vectors, over all points up to 5,000 and a seeded sample beyond; null where there are too few points.</summary>
    public double? Trustworthiness { get; init; }
    /// <summary>Share of the 10 nearest neighbours that the picture keeps, over the same points.</summary>
    public double? Preservation { get; init; }
    /// <summary>Points that the two were measured over.</summary>
    public int? QualityPoints { get; init; }
    /// <summary>For each vector, the share of its 10 nearest neighbours that the picture keeps; null where that was not asked for.</summary>
    public IReadOnlyList<float>? PointPreservation { get; init; }
    /// <summary>Vectors.</summary>
    public int Rows { get; init; }
    /// <summary>Numbers in a vector.</summary>
    public int Columns { get; init; }
    /// <summary>How the principal components were found: <c>covariance</c>, <c>gram</c> (both exact) or <c>randomized</c>; null where none were.</summary>
    public string? Solver { get; init; }
    /// <summary>Whether the neighbours are surely the nearest; null where none were sought.</summary>
    public bool? NeighborsExact { get; init; }
    /// <summary>Iterations, or epochs, done.</summary>
    public int? Iterations { get; init; }
    /// <summary>What a person should know: what was standardised, reduced, lowered or approximated.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>The vectors where the job made them itself, as an artifact; null otherwise.</summary>
    public TensorReference? Vectors { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took, waiting apart.</summary>
    public double? Seconds { get; init; }
}
