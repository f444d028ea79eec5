namespace Dashboard.Torch;

/// <summary>Both ends of a spectrum.</summary>
/// <param name="Top">The algebraically largest eigenvalues, falling.</param>
/// <param name="Bottom">The algebraically smallest, rising.</param>
/// <param name="Steps">Products used, those for the residuals included.</param>
/// <param name="Converged">Whether every residual is below the tolerance, or below 1e-5 of the largest magnitude, which is as far as float32 products carry.</param>
public sealed record SpectrumEnds(IReadOnlyList<Eigenpair> Top, IReadOnlyList<Eigenpair> Bottom, int Steps, bool Converged);
