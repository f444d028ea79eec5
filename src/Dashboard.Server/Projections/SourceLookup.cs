using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>What is found under a spec's source.</summary>
/// <param name="Spec">The spec with versions, steps and tensors fixed.</param>
/// <param name="Vectors">The vectors; null where a fault was noted, several tensors could be meant, or a worker has yet to compute them.</param>
internal sealed record SourceLookup(ProjectionSpec Spec, VectorSource? Vectors)
{
    /// <summary>Tensors of the file that can be chosen.</summary>
    public IReadOnlyList<TensorChoice>? Tensors { get; init; }

    /// <summary>Steps that the tag was logged at.</summary>
    public IReadOnlyList<long>? Steps { get; init; }
}
