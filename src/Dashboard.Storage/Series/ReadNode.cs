using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>A stretch of a window on its way into buckets: a coarse entry, a chunk, or points.</summary>
internal readonly record struct ReadNode(long FirstIndex, long Count, LevelEntry Coarse, ChunkRow? Chunk, SeriesColumns? Points)
{
    public static ReadNode OfCoarse(long firstIndex, LevelEntry entry) => new(firstIndex, entry.Count, entry, null, null);

    public static ReadNode OfChunk(ChunkRow chunk) => new(chunk.FirstIndex, chunk.Count, default, chunk, null);

    public static ReadNode OfPoints(SeriesColumns points) => new(0, points.Count, default, null, points);
}
