namespace Dashboard.Storage;

/// <summary>Something that was done, and by whom.</summary>
internal sealed class AuditEntity
{
    public long Key { get; set; }
    public double Time { get; set; }

    /// <summary>What was done, as <c>key.created</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Kind of who did it: <c>account</c>, <c>key</c>, <c>share</c>, <c>local</c>, <c>server</c>, <c>nobody</c>.</summary>
    public required string ActorKind { get; set; }
    public string? ActorId { get; set; }

    /// <summary>Who did it, as it was called then.</summary>
    public required string Actor { get; set; }
    public string? Address { get; set; }

    /// <summary>Name of the project that it was done in; null where it was done to the server.</summary>
    public string? Project { get; set; }

    /// <summary>Id or name of what it was done to.</summary>
    public string? Subject { get; set; }

    /// <summary>A JSON object with more, never a secret; null where there is none.</summary>
    public string? Detail { get; set; }
}
