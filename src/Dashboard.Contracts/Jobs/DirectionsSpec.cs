namespace Dashboard.Contracts;

/// <summary>Which line or plane through weight space.</summary>
public sealed record DirectionsSpec
{
    /// <summary><c>random</c>, <c>pca</c>, <c>hessian</c>, <c>between</c> or <c>given</c>.</summary>
    public string? Kind { get; init; }
    /// <summary>Chooses random directions, and the start of the search for eigenvectors; 0 where absent.</summary>
    public ulong? Seed { get; init; }
    /// <summary>Random directions: <c>filter</c> (where absent), <c>layer</c> or <c>none</c>.</summary>
    public string? Normalize { get; init; }
    /// <summary>Random directions: what becomes of parameters of at most one dimension: <c>zero</c> (where absent) or <c>scale</c>, like the rest.</summary>
    public string? Biases { get; init; }
    /// <summary>Makes the second direction orthogonal to the first.</summary>
    public bool? Orthogonal { get; init; }
    /// <summary>Checkpoints of the model's run, in order. <c>pca</c>: the plane is theirs. Other kinds: their path is drawn on the plane.</summary>
    public IReadOnlyList<string>? Checkpoints { get; init; }
    /// <summary>Ids of the checkpoints' versions, in the same order. The server fills them in when the job is posted.</summary>
    public IReadOnlyList<string>? CheckpointIds { get; init; }
    /// <summary><c>between</c>: a checkpoint, or a model of the same architecture, that stands at x = 1.</summary>
    public ArtifactReference? To { get; init; }
    /// <summary><c>given</c>: the first direction, a safetensors file.</summary>
    public ArtifactReference? X { get; init; }
    /// <summary><c>given</c>: the second direction.</summary>
    public ArtifactReference? Y { get; init; }
    /// <summary>A checkpoint whose weights stand at the origin in place of the model's own.</summary>
    public ArtifactReference? Center { get; init; }
}
