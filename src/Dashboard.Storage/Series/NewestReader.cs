using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Reads one scalar series for somebody who comes again: buckets of the older part and every point of the newest, or only what came since.</summary>
internal static class NewestReader
{
    /// <summary>At most <paramref name="buckets"/> buckets, then the last <paramref name="newest"/> points as they are.</summary>
    public static ScalarWindow ReadWhole(
        SqliteConnection connection, long seriesKey, string tag, SeriesTail tail, int buckets, int newest, CancellationToken cancellation)
    {
        var total = tail.Base + tail.Count;
        var cut = Math.Max(0, total - newest);
        var exact = ReadFrom(connection, seriesKey, tag, tail, cut);
        if (cut == 0) return exact;
        // The series as it was before the newest points: chunks that reach beyond are cut where it ends.
        var before = cut >= tail.Base ? tail with { Count = (int)(cut - tail.Base) } : new SeriesTail(cut, [], [], [], 0);
        using var reader = new ScalarReader(connection, seriesKey, before, long.MinValue, long.MaxValue);
        var old = reader.ReadBuckets(tag, buckets, cancellation);
        return new ScalarWindow
        {
            Tag = tag,
            Total = total,
            Steps = [.. old.Steps, .. exact.Steps],
            WallTimes = [.. old.WallTimes, .. exact.WallTimes],
            Values = [.. old.Values, .. exact.Values],
            Min = [.. old.Min, .. exact.Min],
            Max = [.. old.Max, .. exact.Max],
            NonFinite = [.. old.NonFinite, .. exact.NonFinite],
            Damaged = [.. old.Damaged, .. exact.Damaged],
        };
    }

    /// <summary>Every point from an index on, counted from the series' first.</summary>
    public static ScalarWindow ReadFrom(SqliteConnection connection, long seriesKey, string tag, SeriesTail tail, long index)
    {
        var points = new ColumnBuilder();
        using var source = new ChunkSource(connection, seriesKey, tail.Base);
        // A chunk never crosses a multiple of the span, so the one that holds the index begins at or after the multiple before it.
        foreach (var chunk in source.Chunks(index / SeriesLevels.ChunkSpan * SeriesLevels.ChunkSpan, tail.Base))
        {
            if (chunk.FirstIndex + chunk.Count <= index || source.Points(chunk) is not { } stored) continue;
            Add(points, stored, index - chunk.FirstIndex);
        }

        Add(points, new SeriesColumns(tail.Steps, tail.WallTimes, tail.Values, tail.Count), index - tail.Base);
        var values = points.Values;
        var extremes = Array.ConvertAll(values, value => double.IsFinite(value) ? value : double.NaN);
        return new ScalarWindow
        {
            Tag = tag,
            Total = tail.Base + tail.Count,
            Steps = points.Steps,
            WallTimes = points.WallTimes,
            Values = values,
            Min = extremes,
            Max = extremes,
            NonFinite = Array.ConvertAll(values, value => double.IsFinite(value) ? 0 : 1),
            Damaged = source.Damaged,
        };
    }

    private static void Add(ColumnBuilder into, SeriesColumns points, long skip)
    {
        if (skip <= 0)
        {
            into.Add(points);
            return;
        }

        for (var row = (int)Math.Min(skip, points.Count); row < points.Count; row++) into.Add(points, row);
    }
}
