using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Writes what sealing made of a series.</summary>
internal sealed class WriterChunks(SqliteConnection connection) : IDisposable
{
    private readonly Statement _dropData = new(connection,
        """DELETE FROM "chunk_data" WHERE "Key" IN (SELECT "DataKey" FROM "chunks" WHERE "SeriesKey" = $1 AND "FirstIndex" >= $2)""", 2);

    private readonly Statement _drop = new(connection, """DELETE FROM "chunks" WHERE "SeriesKey" = $1 AND "FirstIndex" >= $2""", 2);
    private readonly Statement _addData = new(connection, """INSERT INTO "chunk_data" ("Fine", "Points") VALUES ($1, $2) RETURNING "Key" """, 2);

    private readonly Statement _add = new(connection,
        """
        INSERT INTO "chunks" ("SeriesKey", "FirstIndex", "Count", "MinStep", "MaxStep", "Entry", "DataKey") VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, 7);

    private readonly Statement _coarse = new(connection,
        """INSERT OR REPLACE INTO "coarse_levels" ("SeriesKey", "FirstIndex", "Entry") VALUES ($1, $2, $3)""", 3);

    private readonly Statement _series = new(connection,
        """
        UPDATE "series" SET "Count" = $2, "FirstStep" = $3, "LastStep" = $4, "LastBits" = $5, "MinBefore" = $6, "MaxBefore" = $7, "SealedSeq" = $8 WHERE "Key" = $1
        """, 8);

    public void Write(SealedSeries sealing)
    {
        var key = sealing.State.Key;
        _dropData.Execute(key, sealing.ReplaceFrom);
        _drop.Execute(key, sealing.ReplaceFrom);
        foreach (var chunk in sealing.Chunks)
        {
            var data = (long)_addData.Scalar(chunk.Fine, chunk.Points)!;
            _add.Execute(key, chunk.FirstIndex, chunk.Entry.Count, chunk.Entry.MinStep, chunk.Entry.MaxStep, chunk.EntryBytes, data);
        }

        foreach (var (firstIndex, entry) in sealing.Coarse) _coarse.Execute(key, firstIndex, entry);
        var totals = sealing.Totals;
        _series.Execute(key, totals.Count, totals.FirstStep, totals.LastStep, BitConverter.DoubleToInt64Bits(totals.LastValue),
            NullIfNaN(totals.MinBefore), NullIfNaN(totals.MaxBefore), sealing.Seq);
    }

    public void Dispose()
    {
        _dropData.Dispose();
        _drop.Dispose();
        _addData.Dispose();
        _add.Dispose();
        _coarse.Dispose();
        _series.Dispose();
    }

    private static double? NullIfNaN(double value) => double.IsNaN(value) ? null : value;
}
