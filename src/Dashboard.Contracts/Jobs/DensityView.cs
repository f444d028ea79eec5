namespace Dashboard.Contracts;

/// <summary>How eigenvalues are spread.</summary>
/// <param name="X">Eigenvalues, rising.</param>
/// <param name="Y">Density there; its integral is 1.</param>
public sealed record DensityView(IReadOnlyList<double> X, IReadOnlyList<double> Y);
