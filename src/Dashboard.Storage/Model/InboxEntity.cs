namespace Dashboard.Storage;

/// <summary>One acknowledged batch whose points are not all in chunks yet.</summary>
internal sealed class InboxEntity
{
    /// <summary>Never used twice, also after rows are gone: live clients resume from it.</summary>
    public long Seq { get; set; }
    public required byte[] Data { get; set; }
}
