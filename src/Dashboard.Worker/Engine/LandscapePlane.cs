using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>A line or plane that a landscape is computed on, and what is known of it from its making.</summary>
internal sealed record LandscapePlane
{
    /// <summary>For the bridge.</summary>
    public required WeightPlane Plane { get; init; }
    /// <summary>First direction; of a line between two points their difference.</summary>
    public required double[] X { get; init; }
    /// <summary>Second direction; null for a line.</summary>
    public double[]? Y { get; init; }
    /// <summary>Checkpoints on the plane that the making has found already.</summary>
    public PcaPath? Pca { get; init; }
    /// <summary>Eigenvalues along the directions.</summary>
    public IReadOnlyList<double>? Eigenvalues { get; init; }
}
