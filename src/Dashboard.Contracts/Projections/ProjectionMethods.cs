namespace Dashboard.Contracts;

/// <summary>Ways to project.</summary>
public static class ProjectionMethods
{
    /// <summary>Principal components.</summary>
    public const string Pca = "pca";
    /// <summary>t-distributed stochastic neighbour embedding.</summary>
    public const string Tsne = "tsne";
    /// <summary>Uniform manifold approximation and projection.</summary>
    public const string Umap = "umap";
    /// <summary>Coordinates that were computed elsewhere; their quality is measured.</summary>
    public const string Given = "given";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Pca, Tsne, Umap, Given];
}
