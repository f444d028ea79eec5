namespace Dashboard.Analysis;

/// <summary>How well a projection keeps neighbourhoods.</summary>
/// <param name="Trustworthiness">1 when no stranger became a neighbour, and less the farther they were [Venna and Kaski 2001]; as scikit-learn's.</param>
/// <param name="Preservation">Share of the nearest neighbours that stayed among the nearest.</param>
/// <param name="TrustworthinessNeighbors">Neighbours it was measured with: those asked for, or fewer where they would be half of the points or more. 0 for one or two points, which keep what there is.</param>
/// <param name="PreservationNeighbors">The same of the preservation.</param>
/// <param name="Points">Points it was measured on.</param>
/// <param name="Sampled">Whether these are a sample.</param>
public sealed record QualityResult(double Trustworthiness, double Preservation, int TrustworthinessNeighbors, int PreservationNeighbors, int Points, bool Sampled);
