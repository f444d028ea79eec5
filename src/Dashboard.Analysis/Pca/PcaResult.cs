namespace Dashboard.Analysis;

/// <summary>Principal components of some vectors.</summary>
/// <param name="Coordinates">rows × components: each vector less the mean, along each component. The largest coordinate of a component, by magnitude, is positive (scikit-learn's convention).</param>
/// <param name="ExplainedVariance">Variance along each component, falling; sums of squares over rows − 1.</param>
/// <param name="ExplainedVarianceRatio">The same as a share of the variance of all columns; zero where there is none.</param>
/// <param name="Mean">Of each column.</param>
/// <param name="Components">components × columns: directions of unit length at right angles.</param>
/// <param name="Solver">How they were found: <see cref="PcaSolver.Randomized"/> is near, the others are exact.</param>
public sealed record PcaResult(VectorTable Coordinates, double[] ExplainedVariance, double[] ExplainedVarianceRatio, double[] Mean, float[] Components, PcaSolver Solver);
