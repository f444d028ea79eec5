namespace Dashboard.Contracts;

/// <summary>What a worker can compute.</summary>
public static class JobKinds
{
    /// <summary>A loss landscape: <see cref="LandscapeSpec"/> to <see cref="LandscapeView"/>.</summary>
    public const string Landscape = "landscape";
    /// <summary>Curvature: <see cref="HessianSpec"/> to <see cref="HessianView"/>.</summary>
    public const string Hessian = "hessian";
    /// <summary>Whether a model, a batch and a loss fit together, and how long a point takes: <see cref="ProbeSpec"/> to <see cref="ProbeView"/>.</summary>
    public const string Probe = "probe";
    /// <summary>Coordinates of vectors in two or three dimensions: <see cref="ProjectionSpec"/> to <see cref="ProjectionView"/>.</summary>
    public const string Projection = "projection";

    /// <summary>Principal directions of a run's checkpoints: <see cref="WeightPcaSpec"/> to <see cref="WeightPcaView"/>.</summary>
    public const string WeightPca = "weight_pca";
    /// <summary>Losses of weights drawn at random: <see cref="MonteCarloSpec"/> to <see cref="MonteCarloView"/>.</summary>
    public const string MonteCarlo = "monte_carlo";
    /// <summary>What of an input an output depends on: <see cref="SaliencySpec"/> to <see cref="SaliencyView"/>.</summary>
    public const string Saliency = "saliency";
    /// <summary>The gradient, parameter by parameter: <see cref="GradientsSpec"/> to <see cref="GradientsView"/>.</summary>
    public const string Gradients = "gradients";
    /// <summary>What the modules inside a model give out: <see cref="ActivationsSpec"/> to <see cref="ActivationsView"/>.</summary>
    public const string Activations = "activations";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Landscape, Hessian, Probe, Projection, WeightPca, MonteCarlo, Saliency, Gradients, Activations];
}
