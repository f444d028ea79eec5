namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.Landscape"/> job.</summary>
public sealed record LandscapeSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A safetensors file with <c>inputs</c>, <c>targets</c> and, where samples are weighted, <c>weights</c>.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>A second batch, drawn beside the first.</summary>
    public ArtifactReference? ValidationBatch { get; init; }
    /// <summary>One of <see cref="LossNames"/>.</summary>
    public string? Loss { get; init; }
    /// <summary>Which line or plane.</summary>
    public DirectionsSpec? Directions { get; init; }
    /// <summary>Coordinates along the first direction.</summary>
    public AxisSpec? X { get; init; }
    /// <summary>Coordinates along the second; null for a line.</summary>
    public AxisSpec? Y { get; init; }
    /// <summary>Factor of Σ|θ| in the loss.</summary>
    public double? L1 { get; init; }
    /// <summary>Factor of Σθ² in the loss.</summary>
    public double? L2 { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
    /// <summary>BatchNorm's statistics: <c>stored</c> (where absent) or <c>recompute</c>, at each point from the batch.</summary>
    public string? BatchNorm { get; init; }
    /// <summary>Draws a preview from a subsample first where the whole takes long; true where absent.</summary>
    public bool? Preview { get; init; }
}
