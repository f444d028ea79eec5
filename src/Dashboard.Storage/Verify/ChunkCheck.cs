using System.Globalization;
using System.Runtime.InteropServices;
using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Checks the points of scalar series: each chunk by itself, then the chunks of a series against its totals and coarse levels.</summary>
/// <param name="connection">Inside one read transaction.</param>
/// <param name="log">Takes what is wrong.</param>
/// <param name="unsealed">Series of which the inbox holds points: the newest of a chunk may be replaced there.</param>
internal sealed class ChunkCheck(SqliteConnection connection, VerifyLog log, IReadOnlySet<long> unsealed) : IDisposable
{
    private readonly Statement _chunks = new(connection,
        """
        SELECT c."FirstIndex", c."Count", c."MinStep", c."MaxStep", c."Entry", d."Fine", d."Points" FROM "chunks" c LEFT JOIN "chunk_data" d ON d."Key" = c."DataKey"
        WHERE c."SeriesKey" = $1 ORDER BY c."FirstIndex"
        """, 1);

    private readonly Statement _coarse = new(connection, """SELECT "FirstIndex", "Entry" FROM "coarse_levels" WHERE "SeriesKey" = $1 ORDER BY "FirstIndex" """, 1);

    /// <summary>Checks every series of runs that were not removed.</summary>
    public void Run(long total)
    {
        long done = 0;
        foreach (var series in CheckedSeries.All(connection, scalars: true))
        {
            try
            {
                Check(series);
            }
            catch (SqliteException failure)
            {
                log.Add(series.Damage("database", $"its chunks cannot be read: {failure.Message}"));
            }

            log.At("series", ++done, total, "series");
        }
    }

    public void Dispose()
    {
        _chunks.Dispose();
        _coarse.Dispose();
    }

    private void Check(CheckedSeries series)
    {
        var tally = new SeriesTally();
        var pending = (Points: (SeriesColumns?)null, First: 0L, End: 0L);
        using (var rows = _chunks.Read(series.Row.Key))
        {
            while (rows.Read())
            {
                var first = rows.GetInt64(0);
                // Where one chunk reaches into the next, the next is right.
                Take(tally, pending, first);
                if (first > tally.Count)
                {
                    log.Add(series.Damage("chunk", Text($"points {tally.Count:n0} to {first - 1:n0} of the series, counted from its first, have no chunk"), points: first - tally.Count));
                    tally.Skip(first);
                }

                pending = (Check(series, rows, first), first, first + rows.GetInt32(1));
                log.Chunks++;
            }
        }

        Take(tally, pending, pending.End);
        CheckTotals(series, tally);
        CheckCoarse(series, tally);
    }

    private static void Take(SeriesTally tally, (SeriesColumns? Points, long First, long End) pending, long next)
    {
        var end = Math.Min(pending.End, next);
        if (pending.Points is { } points) tally.Add(points, (int)Math.Min(points.Count, end - pending.First));
        else if (pending.End > 0) tally.Skip(end);
    }

    // Answers the points where they are what was written.
    private SeriesColumns? Check(CheckedSeries series, SqliteDataReader row, long first)
    {
        var faults = new List<string>();
        var (count, minStep, maxStep) = (row.GetInt32(1), row.GetInt64(2), row.GetInt64(3));
        SeriesColumns? points = null;
        try
        {
            if (row.IsDBNull(6)) throw new ChunkDamagedException("its points are missing");
            var data = (byte[])row.GetValue(6);
            log.Bytes += data.Length;
            points = ChunkCodec.Decode(data);
        }
        catch (ChunkDamagedException damage)
        {
            faults.Add($"points: {damage.Message}");
        }

        if (points is { } read && Entry(row) is { } entry && entry.Count == count && entry.MinStep == minStep && entry.MaxStep == maxStep
            && SeriesLevels.Summarize(read.Steps.AsSpan(0, read.Count), read.WallTimes.AsSpan(0, read.Count), read.Values.AsSpan(0, read.Count)) is var summary
            && (summary.Count != count || summary.MinStep != minStep || summary.MaxStep != maxStep))
        {
            // What stands for the chunk agrees with its row: it is the points that are others'.
            faults.Add("points: the points that its row leads to are not those that were stored for it");
            points = null;
        }

        if (points is { } sound) CheckAgainstPoints(row, first, sound, faults);
        else CheckAlone(row, faults);
        if (faults.Count > 0)
            log.Add(series.Damage(points is null ? "chunk" : "level", Text($"chunk of {count:n0} points from the {first:n0}th on; {string.Join("; ", faults)}"), minStep, maxStep, points is null ? count : null));
        return points;
    }

    private void CheckAgainstPoints(SqliteDataReader row, long first, SeriesColumns points, List<string> faults)
    {
        var steps = points.Steps.AsSpan(0, points.Count);
        var wallTimes = points.WallTimes.AsSpan(0, points.Count);
        var values = points.Values.AsSpan(0, points.Count);
        var summary = SeriesLevels.Summarize(steps, wallTimes, values);
        if (row.GetInt32(1) != points.Count || row.GetInt64(2) != summary.MinStep || row.GetInt64(3) != summary.MaxStep)
            faults.Add("the row's count or steps are not those of its points");
        if (first < 0 || first / SeriesLevels.ChunkSpan != (first + points.Count - 1) / SeriesLevels.ChunkSpan)
            faults.Add("it crosses a multiple of 4,096 points");
        var entry = (byte[])row.GetValue(4);
        if (!entry.AsSpan().SequenceEqual(SeriesLevels.WriteEntries([summary])) && !Same(entry, [summary])) faults.Add("the entry that stands for it says something else than its points");
        var fine = row.IsDBNull(5) ? [] : (byte[])row.GetValue(5);
        log.Bytes += entry.Length + fine.Length;
        var expected = first < 0 ? [] : SeriesLevels.FineEntries(steps, wallTimes, values, first);
        if (!fine.AsSpan().SequenceEqual(expected) && (first < 0 || !Same(fine, SeriesLevels.ReadEntries(expected)))) faults.Add("its level of 256 points says something else than its points");
    }

    private static LevelEntry? Entry(SqliteDataReader row) => Readable((byte[])row.GetValue(4)) ? SeriesLevels.ReadEntries((byte[])row.GetValue(4))[0] : null;

    private static void CheckAlone(SqliteDataReader row, List<string> faults)
    {
        if (!Readable((byte[])row.GetValue(4))) faults.Add("the entry that stands for it is damaged too");
        if (row.IsDBNull(5) || !Readable((byte[])row.GetValue(5))) faults.Add("its level of 256 points is damaged too");
    }

    private void CheckTotals(CheckedSeries series, SeriesTally tally)
    {
        var totals = series.Row.Totals;
        if (tally.Count != totals.Count)
        {
            log.Add(series.Damage("totals", Text($"its chunks end at point {tally.Count:n0}, and the series has {totals.Count:n0}"), points: totals.Count > tally.Count ? totals.Count - tally.Count : null));
            return;
        }

        if (!tally.Whole || tally.Count == 0) return;
        var (min, max) = tally.Before;
        if (tally.FirstStep != totals.FirstStep || tally.LastStep != totals.LastStep || !Equal(min, totals.MinBefore) || !Equal(max, totals.MaxBefore)
            || (!unsealed.Contains(series.Row.Key) && BitConverter.DoubleToInt64Bits(tally.LastValue) != BitConverter.DoubleToInt64Bits(totals.LastValue)))
        {
            log.Add(series.Damage("totals", "its first or last step, its last value or its extremes are not those of its points", tally.FirstStep, tally.LastStep));
        }
    }

    private void CheckCoarse(CheckedSeries series, SeriesTally tally)
    {
        var stored = new Dictionary<long, byte[]>();
        using (var rows = _coarse.Read(series.Row.Key))
        {
            while (rows.Read()) stored[rows.GetInt64(0)] = (byte[])rows.GetValue(1);
        }

        foreach (var (first, expected) in tally.Coarse)
        {
            if (!stored.Remove(first, out var found)) Add(first, "is missing", expected.MinStep, expected.MaxStep);
            else if (!Same(found, [expected])) Add(first, "says something else than its points", expected.MinStep, expected.MaxStep);
        }

        // What is left stands for blocks whose points are not all known.
        foreach (var (first, found) in stored)
        {
            if (first < 0 || first % SeriesLevels.CoarseSpan != 0 || first + SeriesLevels.CoarseSpan > tally.Count) Add(first, "stands for no block of the series", null, null);
            else if (!Readable(found)) Add(first, "is damaged", null, null);
        }

        void Add(long first, string what, long? minStep, long? maxStep) =>
            log.Add(series.Damage("level", Text($"the level of 32,768 points from the {first:n0}th on {what}"), minStep, maxStep));
    }

    private static bool Readable(byte[] entries)
    {
        try
        {
            SeriesLevels.ReadEntries(entries);
            return true;
        }
        catch (ChunkDamagedException)
        {
            return false;
        }
    }

    // By value where the bytes differ: which zero an extreme is, and the bits of a NaN, depend on how the points were summed up.
    private static bool Same(byte[] stored, ReadOnlySpan<LevelEntry> expected)
    {
        LevelEntry[] entries;
        try
        {
            entries = SeriesLevels.ReadEntries(stored);
        }
        catch (ChunkDamagedException)
        {
            return false;
        }

        if (entries.Length != expected.Length) return false;
        for (var i = 0; i < entries.Length; i++)
        {
            var (found, wanted) = (entries[i], expected[i]);
            if (!Equal(found.Min, wanted.Min) || !Equal(found.Max, wanted.Max)) return false;
            (found.Min, found.Max) = (wanted.Min, wanted.Max);
            if (!MemoryMarshal.AsBytes([found]).SequenceEqual(MemoryMarshal.AsBytes([wanted]))) return false;
        }

        return true;
    }

    private static bool Equal(double a, double b) => a == b || (double.IsNaN(a) && double.IsNaN(b));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
