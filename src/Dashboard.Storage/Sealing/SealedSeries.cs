namespace Dashboard.Storage;

/// <summary>What sealing made of one series: chunks that replace all its chunks from an index on, finished coarse levels, and its totals at that moment.</summary>
internal sealed record SealedSeries(
    SeriesState State,
    SeriesTotals Totals,
    long Seq,
    long ReplaceFrom,
    IReadOnlyList<SealedChunk> Chunks,
    IReadOnlyList<(long FirstIndex, byte[] Entry)> Coarse)
{
    /// <summary>Bytes to write, roughly.</summary>
    public long Size { get; } = Chunks.Sum(chunk => (long)chunk.Points.Length + chunk.Fine.Length + 256);
}
