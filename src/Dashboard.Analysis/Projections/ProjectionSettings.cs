namespace Dashboard.Analysis;

/// <summary>What a projection is to be like. Fields that a method has no use for are passed over.</summary>
public sealed record ProjectionSettings
{
    /// <summary>How.</summary>
    public ProjectionMethod Method { get; init; }

    /// <summary>Columns of the coordinates, 2 or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>t-SNE's effective number of neighbours, below a third of the vectors; null for 30 or the largest that works.</summary>
    public double? Perplexity { get; init; }

    /// <summary>UMAP's neighbours of each vector, itself included; null for 15. More than there are vectors are lowered.</summary>
    public int? Neighbors { get; init; }

    /// <summary>How close UMAP lets points come, from 0 to its spread of 1; null for 0.1.</summary>
    public double? MinDistance { get; init; }

    /// <summary>t-SNE's iterations, null for 1000; UMAP's epochs, null for 500 up to 10,000 vectors and 200 beyond.</summary>
    public int? Iterations { get; init; }

    /// <summary>One seed gives one picture.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether every column is brought to mean 0 and deviation 1 first.</summary>
    public bool Standardize { get; init; }

    /// <summary>Principal components that t-SNE and UMAP look for neighbours in; null for the vectors as they are.</summary>
    public int? PcaFirst { get; init; }

    /// <summary>Which vectors are near to each other: with cosine they are scaled to length 1 first.</summary>
    public DistanceMetric Metric { get; init; }

    /// <summary>Whether it is told for each point which share of its neighbours the picture keeps.</summary>
    public bool PointQuality { get; init; }

    /// <summary>The coordinates of <see cref="ProjectionMethod.Given"/>.</summary>
    public VectorTable? Given { get; init; }
}
