namespace Dashboard.Contracts;

/// <summary>What is known of vectors before they are projected.</summary>
public sealed record ProjectionDescription
{
    /// <summary>Vectors; null while several tensors could be meant, or for features, which nobody has computed yet.</summary>
    public int? Rows { get; init; }
    /// <summary>Numbers in a vector; null likewise.</summary>
    public int? Columns { get; init; }
    /// <summary>Tensors of the file that can be chosen; null for what was logged.</summary>
    public IReadOnlyList<TensorChoice>? Tensors { get; init; }
    /// <summary>The one that is described; null for what was logged, or while several could be meant.</summary>
    public string? Tensor { get; init; }
    /// <summary>Steps that the tag was logged at, rising; null for files.</summary>
    public IReadOnlyList<long>? Steps { get; init; }
    /// <summary>The one that is described.</summary>
    public long? Step { get; init; }
    /// <summary>Names of the columns of metadata.</summary>
    public IReadOnlyList<string>? Metadata { get; init; }
    /// <summary>Whether there are pictures of the samples.</summary>
    public bool HasSprite { get; init; }
    /// <summary>Bytes of memory that the method needs with these settings, at its peak; null without a method or without rows.</summary>
    public long? MemoryBytes { get; init; }
    /// <summary>Id of a job of this project that has computed, or computes, exactly this; null for none.</summary>
    public string? JobId { get; init; }
}
