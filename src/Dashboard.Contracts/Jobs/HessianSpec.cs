namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.Hessian"/> job.</summary>
public sealed record HessianSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>One of <see cref="LossNames"/>.</summary>
    public string? Loss { get; init; }
    /// <summary>How many of the algebraically largest eigenvalues; 5 where absent.</summary>
    public int? Top { get; init; }
    /// <summary>How many of the smallest; 1 where absent.</summary>
    public int? Bottom { get; init; }
    /// <summary>Estimates the trace; true where absent.</summary>
    public bool? Trace { get; init; }
    /// <summary>Estimates the spectral density.</summary>
    public bool? Density { get; init; }
    /// <summary>Chooses the random vectors; 0 where absent.</summary>
    public ulong? Seed { get; init; }
    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
    /// <summary>Checkpoints of the model's run: the same at each, as a curve. Null for the model alone.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }
    /// <summary>Ids of the checkpoints' versions, in the same order. The server fills them in when the job is posted.</summary>
    public IReadOnlyList<string>? CheckpointIds { get; init; }
    /// <summary>Factor of Σθ² in the loss.</summary>
    public double? L2 { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
