namespace Dashboard.Analysis;

/// <summary>Clusters of some vectors.</summary>
/// <param name="Labels">The cluster of each vector, from 0; the largest cluster is 0.</param>
/// <param name="Centres">clusters × columns: the mean of each. Where there are fewer different vectors than clusters, the last ones are empty.</param>
/// <param name="Inertia">Sum of squared distances from the centres.</param>
/// <param name="Iterations">Rounds of the start that counts.</param>
/// <param name="Converged">Whether it came to rest before the rounds were over.</param>
public sealed record KMeansResult(int[] Labels, VectorTable Centres, double Inertia, int Iterations, bool Converged);
