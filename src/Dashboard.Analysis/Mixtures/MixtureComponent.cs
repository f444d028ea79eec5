namespace Dashboard.Analysis;

/// <summary>One normal distribution of a mixture.</summary>
/// <param name="Weight">Its share, 0 to 1.</param>
/// <param name="Mean">One number a dimension.</param>
/// <param name="Covariance">Dimensions × dimensions.</param>
public sealed record MixtureComponent(double Weight, double[] Mean, double[,] Covariance);
