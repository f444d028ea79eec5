namespace Dashboard.Contracts;

/// <summary>Words of a <see cref="MonteCarloSpec"/>.</summary>
public static class MonteCarloNames
{
    /// <summary>A box around the weights.</summary>
    public const string Uniform = "uniform";
    /// <summary>A normal distribution around the weights.</summary>
    public const string Gaussian = "gaussian";
    /// <summary>Langevin dynamics: Δ = ε/2·∇log p + N(0, ε) with log p = −N·L/T [Welling and Teh 2011]; each step takes the whole batch.</summary>
    public const string Sgld = "sgld";
    /// <summary>A normal distribution from checkpoints: mean + √scale·(√var·z₁ + D·z₂/√(K−1)) [Maddox et al. 2019].</summary>
    public const string Swag = "swag";
    /// <summary>Coordinates along two random directions.</summary>
    public const string Random = "random";
    /// <summary>Coordinates along the samples' principal directions.</summary>
    public const string Pca = "pca";
    /// <summary>Scale in units of each tensor's root mean square.</summary>
    public const string Tensor = "tensor";
    /// <summary>Scale as it is.</summary>
    public const string Absolute = "absolute";
    /// <summary>Stage of the parts: <see cref="MonteCarloPart"/>.</summary>
    public const string Stage = "samples";

    /// <summary>All samplers.</summary>
    public static readonly IReadOnlyList<string> Samplers = [Uniform, Gaussian, Sgld, Swag];
    /// <summary>All projections.</summary>
    public static readonly IReadOnlyList<string> Projections = [Random, Pca];
    /// <summary>All units of the scale.</summary>
    public static readonly IReadOnlyList<string> Scalings = [Tensor, Absolute];
}
