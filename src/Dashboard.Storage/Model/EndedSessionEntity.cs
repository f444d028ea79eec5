namespace Dashboard.Storage;

/// <summary>A session that was signed out of: a copy of its cookie is worth nothing.</summary>
internal sealed class EndedSessionEntity
{
    public required string Id { get; set; }

    /// <summary>When its cookie runs out by itself, in seconds since the Unix epoch.</summary>
    public double Until { get; set; }
}
