namespace Dashboard.Analysis;

/// <summary>A t-SNE picture.</summary>
/// <param name="Coordinates">rows × 2 or rows × 3, around the origin.</param>
/// <param name="KlDivergence">What was made small: Σ p log(p/q) over the neighbours, in nats, without exaggeration.</param>
/// <param name="Repulsion">How the repulsion was summed.</param>
/// <param name="Iterations">Iterations done.</param>
public sealed record TsneResult(VectorTable Coordinates, double KlDivergence, TsneRepulsion Repulsion, int Iterations);
