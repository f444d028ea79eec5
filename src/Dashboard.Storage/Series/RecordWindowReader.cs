using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Chooses records of a series evenly. Which there are is read first, without their payloads; then only the chosen ones are.</summary>
internal static class RecordWindowReader
{
    public static RecordWindow? Read(
        SqliteConnection connection, long seriesKey, string tag, int points, long? fromStep, long? toStep, long maxBytes, CancellationToken cancellation)
    {
        var found = Found(connection, seriesKey, fromStep, toStep, cancellation);
        var chosen = Choose(found, points);
        var bytes = chosen.Sum(one => one.Bytes);
        if (bytes > maxBytes) return new RecordWindow(found.Count, bytes, null);
        var records = new List<StoredRecord>(chosen.Count);
        using var select = SelectOne(connection);
        foreach (var (index, _) in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            if (One(select, seriesKey, tag, index) is { } record) records.Add(record);
        }

        return new RecordWindow(found.Count, bytes, records);
    }

    public static List<RecordHead> Heads(SqliteConnection connection, long seriesKey, CancellationToken cancellation)
    {
        using var select = new Statement(connection, """SELECT "Index", "Step", "WallTime", "Crc" FROM "records" WHERE "SeriesKey" = $1 ORDER BY "Index" """, 1);
        using var rows = select.Read(seriesKey);
        var heads = new List<RecordHead>();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            heads.Add(new RecordHead(rows.GetInt64(0), rows.GetInt64(1), rows.GetDouble(2), (uint)rows.GetInt64(3)));
        }

        return heads;
    }

    public static StoredRecord? ReadOne(SqliteConnection connection, long seriesKey, string tag, long index)
    {
        using var select = SelectOne(connection);
        return One(select, seriesKey, tag, index);
    }

    private static Statement SelectOne(SqliteConnection connection) =>
        new(connection, """SELECT "Step", "WallTime", "Crc", "Payload" FROM "records" WHERE "SeriesKey" = $1 AND "Index" = $2""", 2);

    private static StoredRecord? One(Statement select, long seriesKey, string tag, long index)
    {
        using var row = select.Read(seriesKey, index);
        if (!row.Read()) return null;
        var payload = (byte[])row.GetValue(3);
        var whole = Crc32C.Compute(payload) == (uint)row.GetInt64(2);
        return new StoredRecord(tag, row.GetInt64(0), row.GetDouble(1), whole ? payload : null);
    }

    private static List<(long Index, long Bytes)> Found(SqliteConnection connection, long seriesKey, long? fromStep, long? toStep, CancellationToken cancellation)
    {
        using var select = new Statement(connection,
            """
            SELECT "Index", LENGTH("Payload") FROM "records"
            WHERE "SeriesKey" = $1 AND ($2 IS NULL OR "Step" >= $2) AND ($3 IS NULL OR "Step" <= $3) ORDER BY "Index"
            """, 3);
        using var rows = select.Read(seriesKey, fromStep, toStep);
        var found = new List<(long, long)>();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            found.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }

        return found;
    }

    private static List<(long Index, long Bytes)> Choose(List<(long Index, long Bytes)> found, int points)
    {
        if (points == 0 || found.Count <= points) return found;
        // One alone is the newest: what a reader wants who asks for a single one.
        if (points == 1) return [found[^1]];
        var chosen = new List<(long, long)>(points);
        for (var i = 0; i < points; i++) chosen.Add(found[(int)((long)i * (found.Count - 1) / (points - 1))]);
        return chosen;
    }
}
