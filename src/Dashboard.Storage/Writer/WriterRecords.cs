using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Rows of events that are not scalars.</summary>
internal sealed class WriterRecords(SqliteConnection connection) : IDisposable
{
    private readonly Statement _upsert = new(connection,
        """INSERT OR REPLACE INTO "records" ("SeriesKey", "Index", "Step", "WallTime", "Crc", "Payload") VALUES ($1, $2, $3, $4, $5, $6)""", 6);

    private readonly Statement _totals = new(connection,
        """UPDATE "series" SET "Count" = $2, "FirstStep" = $3, "LastStep" = $4 WHERE "Key" = $1""", 4);

    /// <summary>Writes the record as the last one of its series, whose totals are <paramref name="totals"/> with it.</summary>
    public void Upsert(SeriesState series, SeriesTotals totals, RecordBlock record)
    {
        _upsert.Execute(series.Key, totals.Count - 1, record.Step, record.WallTime, (long)Crc32C.Compute(record.Payload), record.Payload);
        _totals.Execute(series.Key, totals.Count, totals.FirstStep, totals.LastStep);
    }

    public void Dispose()
    {
        _upsert.Dispose();
        _totals.Dispose();
    }
}
