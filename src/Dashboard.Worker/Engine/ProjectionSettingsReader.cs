using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>A projection's settings out of its spec. What is absent is left to the computation.</summary>
internal static class ProjectionSettingsReader
{
    // As the interface says; beyond it this costs as much as the picture itself.
    private const int MostToldByPoint = 10_000;

    /// <summary>Reads them.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="rows">Vectors.</param>
    /// <param name="given">Coordinates that were computed elsewhere.</param>
    /// <exception cref="VectorException">A word that is none of those there are.</exception>
    public static ProjectionSettings Read(ProjectionSpec spec, int rows, VectorTable? given) => new()
    {
        Method = spec.Method switch
        {
            ProjectionMethods.Pca => ProjectionMethod.Pca,
            ProjectionMethods.Tsne => ProjectionMethod.Tsne,
            ProjectionMethods.Umap => ProjectionMethod.Umap,
            ProjectionMethods.Given => ProjectionMethod.Given,
            var other => throw new VectorException($"method: '{other}' is none of {string.Join(", ", ProjectionMethods.All)}."),
        },
        Dimensions = given?.Columns ?? spec.Dims ?? 2,
        Perplexity = spec.Perplexity,
        Neighbors = spec.Neighbors,
        MinDistance = spec.MinDist,
        Iterations = spec.Iterations,
        Seed = spec.Seed ?? 0,
        Standardize = spec.Standardize == true,
        PcaFirst = spec.PcaFirst,
        Metric = spec.Metric switch
        {
            null or "euclidean" => DistanceMetric.Euclidean,
            "cosine" => DistanceMetric.Cosine,
            var other => throw new VectorException($"metric: '{other}' is neither euclidean nor cosine."),
        },
        PointQuality = spec.PointQuality ?? rows <= MostToldByPoint,
        Given = given,
    };
}
