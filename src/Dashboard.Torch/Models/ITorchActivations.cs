namespace Dashboard.Torch;

/// <summary>What a module inside a model gives out for the samples of a batch, flattened to a row a sample. The model must not be moved while this is open.</summary>
public interface ITorchActivations : IDisposable
{
    /// <summary>Samples of the batch.</summary>
    long Samples { get; }

    /// <summary>Numbers of a sample.</summary>
    int Columns { get; }

    /// <summary>Sizes of what is given out for a sample; their product is <see cref="Columns"/>.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Computes rows.</summary>
    /// <param name="first">First sample.</param>
    /// <param name="rows">As many whole rows as fit: its length is a multiple of <see cref="Columns"/>.</param>
    /// <param name="cancellation">Stops it before the next micro-batch.</param>
    /// <exception cref="TorchInputException">The module fails, or gives out other shapes for other samples.</exception>
    void Read(long first, Span<float> rows, CancellationToken cancellation = default);
}
