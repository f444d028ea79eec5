namespace Dashboard.Analysis;

/// <summary>A UMAP embedding.</summary>
/// <param name="Coordinates">One row a vector.</param>
/// <param name="A">The curve 1/(1 + a·d^(2b)) that closeness in the picture follows: its a.</param>
/// <param name="B">Its b.</param>
/// <param name="Epochs">Passes over the graph.</param>
/// <param name="Start">Where the coordinates started.</param>
/// <param name="Components">Parts of the graph that no neighbour connects. Their distances from each other in the picture mean nothing.</param>
public sealed record UmapResult(VectorTable Coordinates, double A, double B, int Epochs, UmapStart Start, int Components);
