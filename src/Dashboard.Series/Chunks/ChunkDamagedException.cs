namespace Dashboard.Series;

/// <summary>Stored bytes are not what was written: a failed checksum, an unknown version, an impossible count or missing bytes.</summary>
/// <remarks>The message says which check failed and never repeats the bytes.</remarks>
public sealed class ChunkDamagedException : Exception
{
    /// <summary>Says which check failed.</summary>
    public ChunkDamagedException(string message)
        : base(message)
    {
    }
}
