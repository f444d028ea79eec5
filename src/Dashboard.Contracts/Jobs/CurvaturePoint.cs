namespace Dashboard.Contracts;

/// <summary>Curvature at one point of weight space.</summary>
public record CurvaturePoint
{
    /// <summary>Largest eigenvalues, falling.</summary>
    public required IReadOnlyList<EigenvalueView> Top { get; init; }
    /// <summary>Smallest eigenvalues, rising.</summary>
    public required IReadOnlyList<EigenvalueView> Bottom { get; init; }
    /// <summary>The trace; null where it was not asked for.</summary>
    public TraceView? Trace { get; init; }
    /// <summary>Loss there.</summary>
    public double? Loss { get; init; }
    /// <summary>Norm of the gradient there.</summary>
    public double? GradientNorm { get; init; }
    /// <summary>L(θ + ρ·g/‖g‖) − L(θ) with ρ = 0.05 [SAM].</summary>
    public double? Sharpness { get; init; }
    /// <summary>Largest rise within the box |Δθᵢ| ≤ ε·(|θᵢ| + 1), in percent of 1 + L [Keskar et al.].</summary>
    public double? BoxSharpness { get; init; }
    /// <summary><c>minimum</c>, <c>maximum</c>, <c>saddle</c>, <c>flat</c>, or <c>slope</c> where the gradient does not vanish and only the curvature can be named.</summary>
    public string? Shape { get; init; }
    /// <summary>|largest| / |smallest| eigenvalue of those computed.</summary>
    public double? ConditionNumber { get; init; }
}
