using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Counts the bytes of request bodies held in memory at once, so that many large requests cannot exhaust it.</summary>
internal sealed class BodyBudget(ApiLimits limits)
{
    private long _held;
    private long _dense;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes <paramref name="bytes"/> or refuses with 429.</summary>
    public void Reserve(long bytes) => Reserve(ref _held, bytes, limits.MaxConcurrentBodyBytes);

    /// <summary>
    /// Takes, besides <see cref="Reserve(long)"/>, <paramref name="bytes"/> for a body that inflates as bombs do, or refuses with 429. All of these together have what one
    /// body may take: a training job's are far less dense, and many bombs cost no more than one.
    /// </summary>
    public void ReserveDense(long bytes) => Reserve(ref _dense, bytes, limits.MaxDecodedBodyBytes);

    /// <summary>Gives back what was reserved.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    /// <summary>Gives back what was reserved for a dense body.</summary>
    public void ReleaseDense(long bytes) => Interlocked.Add(ref _dense, -bytes);

    private static void Reserve(ref long held, long bytes, long most)
    {
        if (Interlocked.Add(ref held, bytes) <= most)
            return;
        Interlocked.Add(ref held, -bytes);
        throw ApiProblems.Busy("Too many request bodies are in memory; nothing was stored. Send the same request again a little later.");
    }
}
