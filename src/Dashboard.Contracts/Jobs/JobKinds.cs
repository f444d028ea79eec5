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

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Landscape, Hessian, Probe, Projection];
}
