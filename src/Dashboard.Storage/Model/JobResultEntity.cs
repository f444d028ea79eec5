namespace Dashboard.Storage;

internal sealed class JobResultEntity
{
    public long JobKey { get; set; }

    /// <summary>As the server gave it.</summary>
    public required byte[] Data { get; set; }
}
