namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Hessian"/> job: the model's own point, and the checkpoints.</summary>
public sealed record HessianView : CurvaturePoint
{
    /// <summary>Spectral density; null where it was not asked for.</summary>
    public DensityView? Density { get; init; }
    /// <summary>The same at each checkpoint; null where none were asked for.</summary>
    public IReadOnlyList<CheckpointCurvature>? Checkpoints { get; init; }
    /// <summary>Whether every residual is as small as the number format allows.</summary>
    public bool Converged { get; init; }
    /// <summary>Hessian-vector products spent.</summary>
    public int Products { get; init; }
    /// <summary>Number of parameters that the module has.</summary>
    public long? Parameters { get; init; }
    /// <summary>Samples of the batch.</summary>
    public long? Samples { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
