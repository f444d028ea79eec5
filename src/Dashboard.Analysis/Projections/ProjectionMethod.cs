namespace Dashboard.Analysis;

/// <summary>How vectors are laid out in two or three dimensions.</summary>
public enum ProjectionMethod
{
    /// <summary>Principal components.</summary>
    Pca,

    /// <summary>t-SNE.</summary>
    Tsne,

    /// <summary>UMAP.</summary>
    Umap,

    /// <summary>Coordinates that were computed elsewhere; only their quality is measured.</summary>
    Given,
}
