namespace Dashboard.Storage;

/// <summary>The answer a key got.</summary>
internal sealed class IdempotencyEntity
{
    public long RunKey { get; set; }
    public required string IdempotencyKey { get; set; }
    public required byte[] BodyHash { get; set; }
    public long Accepted { get; set; }
    public long Duplicates { get; set; }
    public long Seq { get; set; }
}
