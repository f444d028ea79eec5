namespace Dashboard.Storage;

internal sealed class JobPartEntity
{
    public long JobKey { get; set; }

    /// <summary>Counts the parts of the job from 1.</summary>
    public long Number { get; set; }
    public required string Stage { get; set; }
    public int Index { get; set; }

    /// <summary>JSON in UTF-8.</summary>
    public required byte[] Data { get; set; }
}
