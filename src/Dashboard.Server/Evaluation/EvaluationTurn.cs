namespace Dashboard.Server;

/// <summary>Lets evaluations run one after the other: ranking takes processor time, and a few open pages would starve the training jobs.</summary>
internal sealed class EvaluationTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Computes on another thread when it is this request's turn.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation) => RunAsync(() => Task.FromResult(work()), cancellation);

    public void Dispose() => _turn.Dispose();
}
