namespace Dashboard.Torch;

/// <summary>The plane of a series of checkpoints, and the series on it.</summary>
/// <param name="X">First principal component, of norm 1.</param>
/// <param name="Y">Second one, orthogonal to it; null where one was asked for.</param>
/// <param name="ExplainedVariance">Share of the variance along each component, falling, summing to 1.</param>
/// <param name="Path">Each checkpoint's place; the last is at the origin.</param>
/// <param name="Residuals">Each checkpoint's distance from the plane, in the units of the coordinates.</param>
public sealed record PcaPath(double[] X, double[]? Y, double[] ExplainedVariance, PathPoint[] Path, double[] Residuals)
{
    /// <summary>
    /// The share that component <paramref name="component"/> (1, 2, …) of a long random walk in many dimensions has: .608, .152, .068. A path that shows no more than this
    /// need not mean anything.
    /// </summary>
    public static double RandomWalkVariance(int component) => 6 / (Math.PI * Math.PI * component * component);
}
