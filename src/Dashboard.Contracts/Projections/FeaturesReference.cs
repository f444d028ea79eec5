namespace Dashboard.Contracts;

/// <summary>Names what a module gives out, flattened to one row a sample.</summary>
public sealed record FeaturesReference
{
    /// <summary>A TorchScript model.</summary>
    public ArtifactReference? Model { get; init; }
    /// <summary>A batch with <c>inputs</c>; its <c>targets</c>, where they are classes, become metadata.</summary>
    public ArtifactReference? Batch { get; init; }
    /// <summary>Name of the submodule, as in <c>named_modules</c>; null for the model's own output.</summary>
    public string? Module { get; init; }
    /// <summary>Weights to load first; null for the model's own.</summary>
    public ArtifactReference? Checkpoint { get; init; }
}
