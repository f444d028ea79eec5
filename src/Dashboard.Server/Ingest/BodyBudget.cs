using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Counts the bytes of request bodies held in memory at once, so that many large requests cannot exhaust it.</summary>
internal sealed class BodyBudget(ApiLimits limits)
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes <paramref name="bytes"/> or refuses with 429.</summary>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limits.MaxConcurrentBodyBytes)
            return;
        Interlocked.Add(ref _held, -bytes);
        throw ApiProblems.Busy("Too many request bodies are in memory; nothing was stored. Send the same request again a little later.");
    }

    /// <summary>Gives back what was reserved.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);
}
