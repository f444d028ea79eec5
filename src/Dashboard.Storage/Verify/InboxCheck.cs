using System.Globalization;
using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Checks the batches that were acknowledged and are not all in chunks yet.</summary>
internal static class InboxCheck
{
    /// <summary>Checks every row; answers the series that have points there which no chunk covers.</summary>
    public static IReadOnlySet<long> Run(SqliteConnection connection, VerifyLog log)
    {
        var unsealed = new HashSet<long>();
        using var last = new Statement(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'series'", 0);
        var lastSeries = last.Scalar() as long? ?? 0;
        using var select = new Statement(connection, """SELECT "Seq", "Data" FROM "inbox" ORDER BY "Seq" """, 0);
        using var rows = select.Read();
        long done = 0;
        while (rows.Read())
        {
            var seq = rows.GetInt64(0);
            var data = (byte[])rows.GetValue(1);
            log.Bytes += data.Length;
            try
            {
                foreach (var (key, points) in InboxCodec.Read(data)) Check(connection, log, unsealed, (seq, key, lastSeries), points);
            }
            catch (InvalidDataException damage)
            {
                log.Add(new FolderDamage("inbox", string.Create(CultureInfo.InvariantCulture, $"inbox row {seq}, a batch that was acknowledged and is not in chunks: {damage.Message}")));
            }

            log.At("inbox", ++done, 0, "rows");
        }

        return unsealed;
    }

    private static void Check(SqliteConnection connection, VerifyLog log, HashSet<long> unsealed, (long Seq, long Key, long LastSeries) of, ReadOnlyMemory<byte> points)
    {
        string fault;
        try
        {
            var found = ChunkCodec.Decode(points.Span);
            // A batch outlives the series of a run that was removed, but names none that never was.
            if (of.Key >= 1 && of.Key <= of.LastSeries)
            {
                if (CheckedSeries.Find(connection, of.Key) is { } known && of.Seq > known.Row.SealedSeq && found.Count > 0) unsealed.Add(of.Key);
                return;
            }

            fault = $"it names series {of.Key}, which does not exist";
        }
        catch (ChunkDamagedException damage)
        {
            fault = damage.Message;
        }

        var series = CheckedSeries.Find(connection, of.Key);
        // What chunks cover is lost in nobody's eyes: the row only waits to be deleted.
        if (series is not null && of.Seq <= series.Row.SealedSeq) return;
        var text = string.Create(CultureInfo.InvariantCulture, $"points of inbox row {of.Seq}, which were acknowledged and are not in chunks: {fault}");
        log.Add(series?.Damage("inbox", text, series.Row.Totals.Count > 0 ? series.Row.Totals.LastStep : null) ?? new FolderDamage("inbox", text));
    }
}
