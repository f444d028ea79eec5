namespace Dashboard.Client;

/// <summary>What is asked for when the server is to lay out an embedding of a run in two or three dimensions. What is null is left to the server.</summary>
public sealed record LossboardProjection
{
    /// <summary>Tag of the embedding; null where only given <see cref="Coordinates"/> are to be shown.</summary>
    public string? Tag { get; init; }

    /// <summary>Step that it was logged at; null for the last.</summary>
    public long? Step { get; init; }

    /// <summary><c>umap</c>, <c>tsne</c> or <c>pca</c>. With <see cref="Coordinates"/> it is none of them.</summary>
    public string Method { get; init; } = "umap";

    /// <summary>Name that <see cref="LossboardRun.UploadProjectionAsync"/> gave to coordinates that were computed elsewhere.</summary>
    public string? Coordinates { get; init; }

    /// <summary>What the page calls it.</summary>
    public string? Name { get; init; }

    /// <summary>2 or 3.</summary>
    public int? Dims { get; init; }

    /// <summary><c>tsne</c>: effective number of neighbours.</summary>
    public double? Perplexity { get; init; }

    /// <summary><c>umap</c>: neighbours of each point, itself included.</summary>
    public int? Neighbors { get; init; }

    /// <summary><c>umap</c>: how close points may lie.</summary>
    public double? MinDist { get; init; }

    /// <summary>Iterations, or epochs.</summary>
    public int? Iterations { get; init; }

    /// <summary>One seed gives one picture.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Every column to mean 0 and deviation 1 first.</summary>
    public bool? Standardize { get; init; }

    /// <summary>Principal components to reduce to first.</summary>
    public int? PcaFirst { get; init; }

    /// <summary><c>euclidean</c> or <c>cosine</c>.</summary>
    public string? Metric { get; init; }
}
