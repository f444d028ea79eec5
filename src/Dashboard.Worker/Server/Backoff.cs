namespace Dashboard.Worker;

/// <summary>Waits longer after each failure, up to a limit, and not in step with other workers.</summary>
internal sealed class Backoff(TimeProvider time, TimeSpan first, TimeSpan most)
{
    private int _failures;

    /// <summary>Waits.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var wait = first * Math.Pow(2, Math.Min(_failures++, 20));
        await Task.Delay((wait < most ? wait : most) * (0.75 + 0.5 * Random.Shared.NextDouble()), time, cancellation);
    }

    /// <summary>It worked.</summary>
    public void Reset() => _failures = 0;
}
