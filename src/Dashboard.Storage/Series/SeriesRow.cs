using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>A row of the series table.</summary>
internal readonly record struct SeriesRow(long Key, long RunKey, RecordKind Kind, string Tag, SeriesTotals Totals, long SealedSeq)
{
    public const string Columns =
        """ "Key", "RunKey", "Kind", "Tag", "Count", "FirstStep", "LastStep", "LastBits", "MinBefore", "MaxBefore", "SealedSeq" """;

    public static SeriesRow Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        (RecordKind)row.GetInt32(2),
        row.GetString(3),
        new SeriesTotals
        {
            Count = row.GetInt64(4),
            FirstStep = row.GetInt64(5),
            LastStep = row.GetInt64(6),
            LastValue = BitConverter.Int64BitsToDouble(row.GetInt64(7)),
            MinBefore = row.IsDBNull(8) ? double.NaN : row.GetDouble(8),
            MaxBefore = row.IsDBNull(9) ? double.NaN : row.GetDouble(9),
        },
        row.GetInt64(10));
}
