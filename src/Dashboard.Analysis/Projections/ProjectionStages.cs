namespace Dashboard.Analysis;

/// <summary>What a projection is busy with, in words.</summary>
public static class ProjectionStages
{
    /// <summary>Looking through the vectors.</summary>
    public const string Reading = "Reading";

    /// <summary>Principal components: the picture itself, what neighbours are sought in, or where t-SNE starts.</summary>
    public const string PrincipalComponents = "Principal components";

    /// <summary>Nearest neighbours.</summary>
    public const string Neighbors = "Neighbours";

    /// <summary>t-SNE's probabilities.</summary>
    public const string Affinities = "Affinities";

    /// <summary>UMAP's graph and its eigenvectors.</summary>
    public const string Graph = "Graph";

    /// <summary>Points on the move.</summary>
    public const string Layout = "Layout";

    /// <summary>How good the picture is.</summary>
    public const string Quality = "Quality";
}
