namespace Dashboard.Torch;

/// <summary>How eigenvalues are spread.</summary>
/// <param name="X">Eigenvalues, evenly spaced and rising.</param>
/// <param name="Y">Density there; its integral is 1.</param>
public sealed record SpectralDensity(double[] X, double[] Y);
