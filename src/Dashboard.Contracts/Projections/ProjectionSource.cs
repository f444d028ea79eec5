namespace Dashboard.Contracts;

/// <summary>Something of a run that can be projected.</summary>
public sealed record ProjectionSource
{
    /// <summary><c>embedding</c>, <c>predictions</c>, <c>tensors</c> (safetensors, npy), <c>table</c> (tsv), <c>projector</c>, <c>checkpoint</c>, <c>projection</c> (coordinates), <c>model</c> (its features).</summary>
    public required string Kind { get; init; }
    /// <summary>Run that has it.</summary>
    public required string RunId { get; init; }
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }
    /// <summary>Tag, or name of the artifact.</summary>
    public required string Name { get; init; }
    /// <summary>Steps stored; null for files.</summary>
    public long? Steps { get; init; }
    /// <summary>Last step, or the file's.</summary>
    public long? Step { get; init; }
    /// <summary>Bytes of the file; null for what was logged.</summary>
    public long? Size { get; init; }
}
