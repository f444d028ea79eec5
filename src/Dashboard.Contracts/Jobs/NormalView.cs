namespace Dashboard.Contracts;

/// <summary>A normal distribution in a plane.</summary>
/// <param name="Weight">Its share of a mixture, 0 to 1.</param>
/// <param name="Mean">Two numbers.</param>
/// <param name="Covariance">Two rows of two.</param>
public sealed record NormalView(double Weight, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Covariance);
