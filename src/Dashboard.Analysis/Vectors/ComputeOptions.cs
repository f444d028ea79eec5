namespace Dashboard.Analysis;

/// <summary>How a long computation runs. Its result does not depend on any of this.</summary>
public sealed record ComputeOptions
{
    /// <summary>Threads at the most.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Hears the share that is done, 0 to 1, from one thread at a time, never falling.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops it: within some tens of milliseconds, by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
