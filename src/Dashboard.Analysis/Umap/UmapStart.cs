namespace Dashboard.Analysis;

/// <summary>Where the coordinates of a UMAP embedding came from before they were optimised.</summary>
public enum UmapStart
{
    /// <summary>Eigenvectors of the graph's normalised Laplacian; of each connected component by itself where there are several.</summary>
    Spectral,

    /// <summary>Places drawn at random: the graph is too small to have the eigenvectors, or they could not be found.</summary>
    Random,
}
