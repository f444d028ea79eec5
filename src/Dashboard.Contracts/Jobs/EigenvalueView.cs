namespace Dashboard.Contracts;

/// <summary>An eigenvalue of the Hessian.</summary>
/// <param name="Value">The eigenvalue.</param>
/// <param name="Residual">‖Hv − λv‖ for its unit vector: how far it may be off.</param>
public sealed record EigenvalueView(double Value, double Residual);
