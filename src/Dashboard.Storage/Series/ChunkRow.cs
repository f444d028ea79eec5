using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>A chunk as a reader walks over it. <see cref="Count"/> ends where the next chunk or the tail begins: what lies beyond is stale.</summary>
internal record struct ChunkRow(long FirstIndex, int Stored, int Count, long MinStep, long MaxStep, byte[] EntryBytes, long DataKey)
{
    /// <summary>True where some of the stored points are stale, so that the level entries say too much.</summary>
    public readonly bool Cut => Count < Stored;

    /// <summary>The chunk as one entry, or null where its bytes are damaged.</summary>
    public readonly LevelEntry? Entry
    {
        get
        {
            try
            {
                return SeriesLevels.ReadEntries(EntryBytes)[0];
            }
            catch (ChunkDamagedException)
            {
                return null;
            }
        }
    }
}
