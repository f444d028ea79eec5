namespace Dashboard.Analysis;

/// <summary>How well clusters are apart.</summary>
/// <param name="Mean">Over all vectors, −1 to 1: 1 when each is much nearer to its own cluster than to the next one.</param>
/// <param name="PerCluster">The same over each label's vectors, NaN where the sample has none.</param>
/// <param name="Points">Vectors it was measured on.</param>
/// <param name="Sampled">Whether these are a sample.</param>
public sealed record SilhouetteResult(double Mean, double[] PerCluster, int Points, bool Sampled);
