namespace Dashboard.Contracts;

/// <summary>What a number of clusters is worth.</summary>
/// <param name="Clusters">How many.</param>
/// <param name="Silhouette">Mean silhouette, −1 to 1.</param>
public sealed record ClusterChoice(int Clusters, double Silhouette);
