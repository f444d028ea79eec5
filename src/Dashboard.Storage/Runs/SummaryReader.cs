using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>What the scalars of runs amount to: rows, overlaid with what memory knows better.</summary>
internal sealed class SummaryReader(SqliteConnection connection, RunCache cache)
{
    public (IReadOnlyDictionary<string, ScalarSummary> Summary, bool Truncated) Read(RunEntity run, int tags)
    {
        var summary = new Dictionary<string, ScalarSummary>(StringComparer.Ordinal);
        cache.TryGet(run.Id, out var live);
        using var select = new Statement(connection,
            $"""SELECT {SeriesRow.Columns} FROM "series" WHERE "RunKey" = $1 AND "Kind" = 0 ORDER BY "Tag" LIMIT $2""", 2);
        using var rows = select.Read(run.Key, tags == int.MaxValue ? -1L : tags + 1L);
        while (rows.Read())
        {
            var row = SeriesRow.Read(rows);
            if (summary.Count == tags) return (summary, true);
            var totals = live is not null && live.Series.TryGetValue((row.Kind, row.Tag), out var state) ? state.Totals : row.Totals;
            if (totals.Count > 0) summary[row.Tag] = new ScalarSummary(totals.LastValue, totals.Min, totals.Max, totals.LastStep);
        }

        return (summary, false);
    }
}
