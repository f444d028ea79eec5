namespace Dashboard.Storage;

/// <summary>One event that is not a scalar.</summary>
internal sealed class RecordEntity
{
    public long SeriesKey { get; set; }
    public long Index { get; set; }
    public long Step { get; set; }
    public double WallTime { get; set; }
    public long Crc { get; set; }
    public required byte[] Payload { get; set; }
}
