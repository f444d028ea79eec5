using System.Globalization;
using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Checks events that are not scalars: checksum and form of each payload, and that none is missing.</summary>
/// <param name="connection">Inside one read transaction.</param>
/// <param name="log">Takes what is wrong.</param>
/// <param name="fault">What is wrong with the form of a payload, or null; the store itself knows no forms.</param>
internal sealed class RecordCheck(SqliteConnection connection, VerifyLog log, Func<RecordKind, byte[], string?>? fault) : IDisposable
{
    private readonly Statement _records = new(connection, """SELECT "Index", "Step", "Crc", "Payload" FROM "records" WHERE "SeriesKey" = $1 ORDER BY "Index" """, 1);

    /// <summary>Checks every series of records of runs that were not removed.</summary>
    public void Run(long total)
    {
        long done = 0;
        foreach (var series in CheckedSeries.All(connection, scalars: false))
        {
            try
            {
                Check(series);
            }
            catch (SqliteException failure)
            {
                log.Add(series.Damage("database", $"its records cannot be read: {failure.Message}"));
            }

            log.At("records", ++done, total, "series");
        }
    }

    public void Dispose() => _records.Dispose();

    private void Check(CheckedSeries series)
    {
        long expected = 0;
        var totals = series.Row.Totals;
        var ends = true;
        using var rows = _records.Read(series.Row.Key);
        while (rows.Read())
        {
            var (index, step) = (rows.GetInt64(0), rows.GetInt64(1));
            if (index != expected) log.Add(series.Damage("record", Text($"records {expected:n0} to {index - 1:n0} of the series are missing"), lastStep: step));
            expected = index + 1;
            ends &= (index != 0 || step == totals.FirstStep) && (index != totals.Count - 1 || step == totals.LastStep);
            var payload = (byte[])rows.GetValue(3);
            log.Bytes += payload.Length;
            if (Crc32C.Compute(payload) != (uint)rows.GetInt64(2)) log.Add(series.Damage("record", Text($"{series.Row.Kind}: its checksum does not match its {payload.Length:n0} bytes"), step, step));
            else if (fault?.Invoke(series.Row.Kind, payload) is { } wrong) log.Add(series.Damage("record", Text($"{series.Row.Kind}: {wrong}"), step, step));
        }

        if (expected != totals.Count) log.Add(series.Damage("totals", Text($"it has {expected:n0} records, and its row says {totals.Count:n0}")));
        else if (!ends) log.Add(series.Damage("totals", "its first or last step is not that of its records"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
