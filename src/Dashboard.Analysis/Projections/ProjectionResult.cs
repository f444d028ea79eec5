namespace Dashboard.Analysis;

/// <summary>A projection.</summary>
public sealed record ProjectionResult
{
    /// <summary>Two or three numbers a vector.</summary>
    public required VectorTable Coordinates { get; init; }

    /// <summary>PCA: share of the variance along each direction.</summary>
    public double[]? ExplainedVarianceRatio { get; init; }

    /// <summary>How principal components were found, of the picture or before it; null where there were none.</summary>
    public PcaSolver? Solver { get; init; }

    /// <summary>t-SNE: what was made small, in nats.</summary>
    public double? KlDivergence { get; init; }

    /// <summary>At k = 5 against the vectors as they came; null where there are too few vectors, or only equal ones.</summary>
    public double? Trustworthiness { get; init; }

    /// <summary>Share of the 10 nearest neighbours, in the vectors as they came, that the picture keeps.</summary>
    public double? Preservation { get; init; }

    /// <summary>The same for each point, where it was asked for.</summary>
    public float[]? PointPreservation { get; init; }

    /// <summary>Points that the two were measured over, or null.</summary>
    public int? QualityPoints { get; init; }

    /// <summary>Whether those are a sample.</summary>
    public bool QualitySampled { get; init; }

    /// <summary>Whether the layout's neighbours are surely the nearest; null where none were sought.</summary>
    public bool? NeighborsExact { get; init; }

    /// <summary>Iterations, or epochs, done.</summary>
    public int? Iterations { get; init; }

    /// <summary>What a person should know: what was lowered, reduced, approximated or standardised; sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
