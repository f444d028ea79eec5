namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.Gradients"/> job.</summary>
public sealed record GradientsSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>One of <see cref="LossNames"/>.</summary>
    public string? Loss { get; init; }
    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
    /// <summary>Factor of Σ|θ| in the loss.</summary>
    public double? L1 { get; init; }
    /// <summary>Factor of Σθ² in the loss.</summary>
    public double? L2 { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
