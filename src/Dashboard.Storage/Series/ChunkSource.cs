using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>The chunks of one series inside one read transaction.</summary>
internal sealed class ChunkSource(SqliteConnection connection, long seriesKey, long end) : IDisposable
{
    private readonly Statement _points = new(connection, """SELECT "Points" FROM "chunk_data" WHERE "Key" = $1""", 1);
    private readonly Statement _fine = new(connection, """SELECT "Fine" FROM "chunk_data" WHERE "Key" = $1""", 1);

    /// <summary>Points that could not be read, in the order they were met.</summary>
    public List<DamagedRange> Damaged { get; } = [];

    /// <summary>Coarse entries before the tail, in order. One that is damaged or short is left out: its chunks are read instead.</summary>
    public List<(long FirstIndex, LevelEntry Entry)> Coarse()
    {
        var found = new List<(long, LevelEntry)>();
        using var select = new Statement(connection,
            """SELECT "FirstIndex", "Entry" FROM "coarse_levels" WHERE "SeriesKey" = $1 AND "FirstIndex" <= $2 ORDER BY "FirstIndex" """, 2);
        using var rows = select.Read(seriesKey, end - SeriesLevels.CoarseSpan);
        while (rows.Read())
        {
            try
            {
                found.Add((rows.GetInt64(0), SeriesLevels.ReadEntries((byte[])rows.GetValue(1))[0]));
            }
            catch (ChunkDamagedException)
            {
            }
        }

        return found;
    }

    /// <summary>Chunks with indices from <paramref name="from"/> up to <paramref name="to"/>, in order.</summary>
    public IEnumerable<ChunkRow> Chunks(long from, long to)
    {
        to = Math.Min(to, end);
        if (from >= to) yield break;
        using var select = new Statement(connection,
            """
            SELECT "FirstIndex", "Count", "MinStep", "MaxStep", "Entry", "DataKey" FROM "chunks"
            WHERE "SeriesKey" = $1 AND "FirstIndex" >= $2 AND "FirstIndex" < $3 ORDER BY "FirstIndex"
            """, 3);
        using var rows = select.Read(seriesKey, from, to);
        ChunkRow? previous = null;
        while (rows.Read())
        {
            var row = new ChunkRow(rows.GetInt64(0), rows.GetInt32(1), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3), (byte[])rows.GetValue(4), rows.GetInt64(5));
            if (previous is { } before) yield return Ending(before, row.FirstIndex);
            previous = row;
        }

        if (previous is { } last) yield return Ending(last, end);
    }

    /// <summary>The points of a chunk, or null where they are damaged, which is noted.</summary>
    public SeriesColumns? Points(in ChunkRow chunk)
    {
        try
        {
            if (_points.Scalar(chunk.DataKey) is not byte[] data) throw new ChunkDamagedException("The points of a chunk are missing.");
            var points = ChunkCodec.Decode(data);
            return new SeriesColumns(points.Steps, points.WallTimes, points.Values, Math.Min(points.Count, chunk.Count));
        }
        catch (ChunkDamagedException)
        {
            Damaged.Add(new DamagedRange(chunk.MinStep, chunk.MaxStep, chunk.Count));
            return null;
        }
    }

    /// <summary>The entries of 256 points of a chunk, or null where they are damaged.</summary>
    public LevelEntry[]? Fine(in ChunkRow chunk)
    {
        try
        {
            return _fine.Scalar(chunk.DataKey) is byte[] data ? SeriesLevels.ReadEntries(data) : null;
        }
        catch (ChunkDamagedException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _points.Dispose();
        _fine.Dispose();
    }

    private static ChunkRow Ending(ChunkRow chunk, long next) => chunk with { Count = (int)Math.Min(chunk.Stored, next - chunk.FirstIndex) };
}
