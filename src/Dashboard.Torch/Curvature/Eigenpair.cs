namespace Dashboard.Torch;

/// <summary>An eigenvalue and how well it is known.</summary>
/// <param name="Value">The Ritz value θ.</param>
/// <param name="Residual">‖A·u − θ·u‖ for its vector u of norm 1: an eigenvalue lies within this of θ.</param>
/// <param name="Vector">u, with its largest entry positive.</param>
public sealed record Eigenpair(double Value, double Residual, double[] Vector);
