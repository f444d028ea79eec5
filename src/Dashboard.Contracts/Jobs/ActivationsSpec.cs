namespace Dashboard.Contracts;

/// <summary>Spec of an <see cref="JobKinds.Activations"/> job.</summary>
public sealed record ActivationsSpec
{
    /// <summary>A TorchScript module.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>Names of modules as <c>named_modules</c> gives them; null for each that has none inside it, 64 at the most.</summary>
    public IReadOnlyList<string>? Modules { get; init; }
    /// <summary>Numbers of samples of the batch whose maps are wanted, from 0; the first where absent.</summary>
    public IReadOnlyList<int>? Samples { get; init; }
    /// <summary>A checkpoint whose weights are taken in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
    /// <summary>Samples that go through the module at once; 256 where absent.</summary>
    public int? BatchSize { get; init; }
    /// <summary><c>auto</c> (where absent), <c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }
}
