namespace Dashboard.Contracts;

/// <summary>The nearest vectors of one, the nearest first.</summary>
/// <param name="Row">The vector.</param>
/// <param name="Metric"><c>euclidean</c> or <c>cosine</c>.</param>
/// <param name="Rows">Its neighbours.</param>
/// <param name="Distances">Their distances.</param>
public sealed record NeighborsView(int Row, string Metric, IReadOnlyList<int> Rows, IReadOnlyList<double> Distances);
