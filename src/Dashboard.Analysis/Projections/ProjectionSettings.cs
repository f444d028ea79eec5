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

    // Beyond it, telling each point's quality costs as much as the picture itself.
    private const int MostToldByPoint = 10_000;

    /// <summary>Settings in the words of the interface (docs/projections.md); what is null is as usual.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="method"><c>pca</c>, <c>tsne</c>, <c>umap</c> or <c>given</c>.</param>
    /// <param name="dims">Columns of the coordinates.</param>
    /// <param name="perplexity">As <see cref="Perplexity"/>.</param>
    /// <param name="neighbors">As <see cref="Neighbors"/>.</param>
    /// <param name="minDist">As <see cref="MinDistance"/>.</param>
    /// <param name="iterations">As <see cref="Iterations"/>.</param>
    /// <param name="seed">As <see cref="Seed"/>.</param>
    /// <param name="standardize">As <see cref="Standardize"/>.</param>
    /// <param name="pcaFirst">As <see cref="PcaFirst"/>.</param>
    /// <param name="metric"><c>euclidean</c> or <c>cosine</c>.</param>
    /// <param name="pointQuality">As <see cref="PointQuality"/>; null: up to 10,000 vectors.</param>
    /// <exception cref="VectorException">A word that is none of those there are.</exception>
    public static ProjectionSettings Of(
        int rows, string? method, int? dims, double? perplexity, int? neighbors, double? minDist, int? iterations, ulong? seed, bool? standardize, int? pcaFirst, string? metric, bool? pointQuality) => new()
        {
            Method = method switch
            {
                "pca" => ProjectionMethod.Pca,
                "tsne" => ProjectionMethod.Tsne,
                "umap" => ProjectionMethod.Umap,
                "given" => ProjectionMethod.Given,
                _ => throw new VectorException($"method: '{method}' is none of pca, tsne, umap, given."),
            },
            Dimensions = dims ?? 2,
            Perplexity = perplexity,
            Neighbors = neighbors,
            MinDistance = minDist,
            Iterations = iterations,
            Seed = seed ?? 0,
            Standardize = standardize == true,
            PcaFirst = pcaFirst,
            Metric = metric switch
            {
                null or "euclidean" => DistanceMetric.Euclidean,
                "cosine" => DistanceMetric.Cosine,
                _ => throw new VectorException($"metric: '{metric}' is neither euclidean nor cosine."),
            },
            PointQuality = pointQuality ?? rows <= MostToldByPoint,
        };
}
