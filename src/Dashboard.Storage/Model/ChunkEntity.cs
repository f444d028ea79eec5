namespace Dashboard.Storage;

/// <summary>What a reader needs to know of a chunk before it decodes it. Index counts the points of the series from zero in the order logged.</summary>
internal sealed class ChunkEntity
{
    public long SeriesKey { get; set; }

    /// <summary>Index of the first point. A chunk never crosses a multiple of 4,096.</summary>
    public long FirstIndex { get; set; }
    public int Count { get; set; }
    public long MinStep { get; set; }
    public long MaxStep { get; set; }

    /// <summary>The chunk as one level entry, with checksum.</summary>
    public required byte[] Entry { get; set; }
    public long DataKey { get; set; }
}
