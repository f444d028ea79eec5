namespace Dashboard.Storage;

/// <summary>
/// A series as of its last seal: points that came since are in the inbox and in memory. For records the row is always current.
/// </summary>
internal sealed class SeriesEntity
{
    public long Key { get; set; }
    public long RunKey { get; set; }
    public required string Tag { get; set; }
    public RecordKind Kind { get; set; }
    public long Count { get; set; }
    public long FirstStep { get; set; }
    public long LastStep { get; set; }

    /// <summary>Bits of the last value: SQLite would turn a NaN into NULL.</summary>
    public long LastBits { get; set; }

    /// <summary>Extremes of the finite values before the last one, so that replacing the last one stays exact.</summary>
    public double? MinBefore { get; set; }
    public double? MaxBefore { get; set; }

    /// <summary>Inbox rows up to this one are in chunks as far as this series is concerned.</summary>
    public long SealedSeq { get; set; }
}
