namespace Dashboard.Torch;

/// <summary>A line or plane through weight space: θ(a, b) = origin + a·x + b·y.</summary>
/// <param name="Origin">The point at a = b = 0.</param>
/// <param name="X">First direction; with <paramref name="Interpolate"/> the point at a = 1 itself.</param>
/// <param name="Y">Second direction; null for a line.</param>
/// <param name="Interpolate">Move as (1 − a)·origin + a·x, exact at both ends, and the buffers with it.</param>
/// <param name="BuffersAtX">With <paramref name="Interpolate"/>: the buffers at a = 1. Otherwise null, and the buffers stay the model's.</param>
public sealed record WeightPlane(TorchWeights Origin, double[] X, double[]? Y = null, bool Interpolate = false, double[]? BuffersAtX = null);
