using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Makes chunks of a series' unsealed points, taking small chunks before them in.</summary>
/// <remarks>
/// Chunks never cross a multiple of 4,096 points. A small last chunk is merged when it holds at most twice the points that come after it, so a point is
/// rewritten O(log n) times however slowly a series grows, and a series of n points has O(n / 4,096 + log n) chunks.
/// </remarks>
internal static class ChunkMerger
{
    public static SealedSeries Seal(SqliteConnection connection, SeriesState state, SeriesTail tail, SeriesTotals totals, long seq)
    {
        var (start, columns) = WithChunksBefore(connection, state.Key, tail);
        var chunks = new List<SealedChunk>();
        for (var at = 0; at < columns.Count;)
        {
            var index = start + at;
            var room = (int)(SeriesLevels.ChunkSpan - (index % SeriesLevels.ChunkSpan));
            var count = Math.Min(room, columns.Count - at);
            var steps = columns.Steps.AsSpan(at, count);
            var wallTimes = columns.WallTimes.AsSpan(at, count);
            var values = columns.Values.AsSpan(at, count);
            var entry = SeriesLevels.Summarize(steps, wallTimes, values);
            chunks.Add(new SealedChunk(index, entry, SeriesLevels.WriteEntries([entry]), SeriesLevels.FineEntries(steps, wallTimes, values, index),
                ChunkCodec.Encode(steps, wallTimes, values)));
            at += count;
        }

        return new SealedSeries(state, totals, seq, start, chunks, FinishedCoarse(connection, state.Key, start, chunks));
    }

    private static (long Start, SeriesColumns Columns) WithChunksBefore(SqliteConnection connection, long seriesKey, SeriesTail tail)
    {
        var slot = tail.Base - (tail.Base % SeriesLevels.ChunkSpan);
        var before = new List<(long FirstIndex, int Count, byte[] Points)>();
        using (var select = new Statement(connection,
            """
            SELECT c."FirstIndex", c."Count", d."Points" FROM "chunks" c JOIN "chunk_data" d ON d."Key" = c."DataKey"
            WHERE c."SeriesKey" = $1 AND c."FirstIndex" >= $2 AND c."FirstIndex" < $3 ORDER BY c."FirstIndex" DESC
            """, 3))
        using (var rows = select.Read(seriesKey, slot, tail.Base))
        {
            var start = tail.Base;
            while (rows.Read())
            {
                var first = rows.GetInt64(0);
                var count = rows.GetInt32(1);
                var stale = first + count > tail.Base;
                if (!stale && count > 2 * (tail.Base + tail.Count - start)) break;
                before.Add((first, (int)Math.Min(count, start - first), (byte[])rows.GetValue(2)));
                start = first;
            }
        }

        var merged = new List<SeriesColumns>();
        var from = tail.Base;
        foreach (var (first, count, points) in before)
        {
            try
            {
                var columns = ChunkCodec.Decode(points);
                merged.Insert(0, new SeriesColumns(columns.Steps, columns.WallTimes, columns.Values, count));
                from = first;
            }
            catch (ChunkDamagedException)
            {
                // Left where it is, so that readers can name what is lost; readers end a chunk where the next one begins.
                break;
            }
        }

        merged.Add(new SeriesColumns(tail.Steps, tail.WallTimes, tail.Values, tail.Count));
        return (from, Join(merged));
    }

    private static SeriesColumns Join(List<SeriesColumns> parts)
    {
        if (parts.Count == 1) return parts[0];
        var count = parts.Sum(part => part.Count);
        var all = new SeriesColumns(new long[count], new double[count], new double[count], count);
        var at = 0;
        foreach (var part in parts)
        {
            part.Steps.AsSpan(0, part.Count).CopyTo(all.Steps.AsSpan(at));
            part.WallTimes.AsSpan(0, part.Count).CopyTo(all.WallTimes.AsSpan(at));
            part.Values.AsSpan(0, part.Count).CopyTo(all.Values.AsSpan(at));
            at += part.Count;
        }

        return all;
    }

    private static List<(long FirstIndex, byte[] Entry)> FinishedCoarse(SqliteConnection connection, long seriesKey, long start, List<SealedChunk> chunks)
    {
        var finished = new List<(long, byte[])>();
        if (chunks.Count == 0) return finished;
        var end = chunks[^1].FirstIndex + chunks[^1].Entry.Count;
        var block = start - (start % SeriesLevels.CoarseSpan);
        if (block + SeriesLevels.CoarseSpan > end) return finished;
        var entries = EntriesBefore(connection, seriesKey, block, start);
        var next = 0;
        for (; block + SeriesLevels.CoarseSpan <= end; block += SeriesLevels.CoarseSpan)
        {
            while (next < chunks.Count && chunks[next].FirstIndex < block + SeriesLevels.CoarseSpan) entries.Add(chunks[next++].Entry);
            var merged = SeriesLevels.Merge(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(entries));
            // Short of points where a chunk before is damaged: the chunks themselves are read instead.
            if (merged.Count == SeriesLevels.CoarseSpan) finished.Add((block, SeriesLevels.WriteEntries([merged])));
            entries.Clear();
        }

        return finished;
    }

    private static List<LevelEntry> EntriesBefore(SqliteConnection connection, long seriesKey, long from, long to)
    {
        var entries = new List<LevelEntry>();
        using var select = new Statement(connection,
            """SELECT "Entry" FROM "chunks" WHERE "SeriesKey" = $1 AND "FirstIndex" >= $2 AND "FirstIndex" < $3 ORDER BY "FirstIndex" """, 3);
        using var rows = select.Read(seriesKey, from, to);
        while (rows.Read())
        {
            try
            {
                entries.AddRange(SeriesLevels.ReadEntries((byte[])rows.GetValue(0)));
            }
            catch (ChunkDamagedException)
            {
                return [];
            }
        }

        return entries;
    }
}
