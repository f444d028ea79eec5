namespace Dashboard.Storage;

/// <summary>Level entry of 32,768 points, all of them sealed.</summary>
internal sealed class CoarseEntity
{
    public long SeriesKey { get; set; }
    public long FirstIndex { get; set; }
    public required byte[] Entry { get; set; }
}
