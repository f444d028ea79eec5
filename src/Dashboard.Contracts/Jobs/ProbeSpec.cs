namespace Dashboard.Contracts;

/// <summary>Spec of a <see cref="JobKinds.Probe"/> job.</summary>
public sealed record ProbeSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>One of <see cref="LossNames"/>.</summary>
    public string? Loss { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
