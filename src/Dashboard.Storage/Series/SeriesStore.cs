using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Reads series. Memory is asked before the database: what was acknowledged before the call is then in one of the two.</summary>
internal sealed class SeriesStore(StorageEngine engine) : ISeriesStore
{
    public Task<IReadOnlyList<SeriesInfo>?> ListAsync(string runId, CancellationToken cancellation)
    {
        var live = Live(runId);
        return engine.Database.ReadAsync<IReadOnlyList<SeriesInfo>?>(connection =>
        {
            if (RunKey(connection, runId) is not { } runKey) return null;
            var list = new List<SeriesInfo>();
            using var select = new Statement(connection, $"""SELECT {SeriesRow.Columns} FROM "series" WHERE "RunKey" = $1 ORDER BY "Tag", "Kind" """, 1);
            using var rows = select.Read(runKey);
            while (rows.Read())
            {
                var row = SeriesRow.Read(rows);
                var totals = live is not null && live.Series.TryGetValue((row.Kind, row.Tag), out var state) ? state.Totals : row.Totals;
                if (totals.Count == 0) continue;
                var scalar = row.Kind == RecordKind.Scalar;
                list.Add(new SeriesInfo(row.Tag, row.Kind, totals.Count, totals.FirstStep, totals.LastStep,
                    scalar ? totals.Min : null, scalar ? totals.Max : null, scalar ? totals.LastValue : null));
            }

            return list;
        }, cancellation);
    }

    public Task<ScalarWindow?> ReadScalarsAsync(string runId, string tag, int points, long? fromStep, long? toStep, CancellationToken cancellation)
    {
        var state = Live(runId) is { } live && live.Series.TryGetValue((RecordKind.Scalar, tag), out var known) ? known : null;
        var tail = state?.Capture();
        return engine.Database.ReadAsync(connection =>
        {
            if (SeriesKey(connection, runId, tag) is not var (key, sealedCount)) return null;
            if (state is not null && state.Totals.Count == 0) return null;
            using var reader = new ScalarReader(connection, key, tail ?? new SeriesTail(sealedCount, [], [], [], 0), fromStep ?? long.MinValue, toStep ?? long.MaxValue);
            return points == 0 ? reader.ReadAll(tag, cancellation) : reader.ReadBuckets(tag, points, cancellation);
        }, cancellation);
    }

    public Task<IReadOnlyList<ScalarWindow?>> ReadScalarsAsync(
        string runId, IReadOnlyList<SeriesRequest> requests, int buckets, int newest, CancellationToken cancellation)
    {
        var live = Live(runId);
        var tails = requests.Select(one => live is not null && live.Series.TryGetValue((RecordKind.Scalar, one.Tag), out var state) ? state.Capture() : (SeriesTail?)null).ToArray();
        return engine.Database.ReadAsync<IReadOnlyList<ScalarWindow?>>(connection =>
        {
            var keys = ScalarKeys(connection, runId);
            var windows = new ScalarWindow?[requests.Count];
            for (var i = 0; i < windows.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (tag, fromIndex) = requests[i];
                if (!keys.TryGetValue(tag, out var stored)) continue;
                var tail = tails[i] ?? new SeriesTail(stored.Count, [], [], [], 0);
                if (tail.Base + tail.Count == 0) continue;
                windows[i] = fromIndex is { } index
                    ? NewestReader.ReadFrom(connection, stored.Key, tag, tail, index)
                    : NewestReader.ReadWhole(connection, stored.Key, tag, tail, buckets, newest, cancellation);
            }

            return windows;
        }, cancellation);
    }

    public Task<IReadOnlyList<StoredRecord>?> ReadRecordsAsync(string runId, RecordKind kind, string? tag, long? step, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<StoredRecord>?>(connection =>
        {
            if (RunKey(connection, runId) is not { } runKey) return null;
            using var select = new Statement(connection,
                """
                SELECT s."Tag", r."Step", r."WallTime", r."Crc", r."Payload" FROM "series" s JOIN "records" r ON r."SeriesKey" = s."Key"
                WHERE s."RunKey" = $1 AND s."Kind" = $2 AND ($3 IS NULL OR s."Tag" = $3) AND ($4 IS NULL OR r."Step" = $4) ORDER BY s."Tag", r."Index"
                """, 4);
            using var rows = select.Read(runKey, (int)kind, tag, step);
            var records = new List<StoredRecord>();
            while (rows.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                var payload = (byte[])rows.GetValue(4);
                var whole = Crc32C.Compute(payload) == (uint)rows.GetInt64(3);
                records.Add(new StoredRecord(rows.GetString(0), rows.GetInt64(1), rows.GetDouble(2), whole ? payload : null));
            }

            return records;
        }, cancellation);

    public Task<RecordWindow?> ReadRecordWindowAsync(
        string runId, RecordKind kind, string tag, int points, long? fromStep, long? toStep, long maxBytes, CancellationToken cancellation) =>
        engine.Database.ReadAsync<RecordWindow?>(connection =>
            RecordKey(connection, runId, kind, tag) is { } key ? RecordWindowReader.Read(connection, key, tag, points, fromStep, toStep, maxBytes, cancellation) : null, cancellation);

    public Task<IReadOnlyList<RecordHead>?> ListRecordsAsync(string runId, RecordKind kind, string tag, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<RecordHead>?>(connection =>
            RecordKey(connection, runId, kind, tag) is { } key ? RecordWindowReader.Heads(connection, key, cancellation) : null, cancellation);

    public Task<StoredRecord?> ReadRecordAsync(string runId, RecordKind kind, string tag, long index, CancellationToken cancellation) =>
        engine.Database.ReadAsync(connection =>
            RecordKey(connection, runId, kind, tag) is { } key ? RecordWindowReader.ReadOne(connection, key, tag, index) : null, cancellation);

    private RunState? Live(string runId) => engine.Cache.TryGet(runId, out var run) ? run : null;

    private static long? RunKey(SqliteConnection connection, string runId)
    {
        using var select = new Statement(connection, """SELECT "Key" FROM "runs" WHERE "Id" = $1 AND "Removed" = 0""", 1);
        return select.Scalar(runId) as long?;
    }

    /// <summary>Key of a scalar series, and how many of its points are in chunks; null where there is none.</summary>
    public static (long Key, long SealedCount)? SeriesKey(SqliteConnection connection, string runId, string tag)
    {
        using var select = new Statement(connection,
            """
            SELECT s."Key", s."Count" FROM "series" s JOIN "runs" r ON r."Key" = s."RunKey"
            WHERE r."Id" = $1 AND r."Removed" = 0 AND s."Kind" = 0 AND s."Tag" = $2
            """, 2);
        using var row = select.Read(runId, tag);
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    private static Dictionary<string, (long Key, long Count)> ScalarKeys(SqliteConnection connection, string runId)
    {
        using var select = new Statement(connection,
            """
            SELECT s."Key", s."Count", s."Tag" FROM "series" s JOIN "runs" r ON r."Key" = s."RunKey" WHERE r."Id" = $1 AND r."Removed" = 0 AND s."Kind" = 0
            """, 1);
        using var rows = select.Read(runId);
        var keys = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        while (rows.Read()) keys[rows.GetString(2)] = (rows.GetInt64(0), rows.GetInt64(1));
        return keys;
    }

    private static long? RecordKey(SqliteConnection connection, string runId, RecordKind kind, string tag)
    {
        using var select = new Statement(connection,
            """
            SELECT s."Key" FROM "series" s JOIN "runs" r ON r."Key" = s."RunKey"
            WHERE r."Id" = $1 AND r."Removed" = 0 AND s."Kind" = $2 AND s."Tag" = $3
            """, 3);
        return select.Scalar(runId, (int)kind, tag) as long?;
    }
}
