using Dashboard.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Reads one scalar series between two steps.</summary>
/// <remarks>
/// Buckets are made of the largest level entries that fit into one, and of points where an entry crosses an end of the window: the extremes are exact
/// whatever the size, and the work grows with the buckets, not with the points.
/// </remarks>
internal sealed class ScalarReader(SqliteConnection connection, long seriesKey, SeriesTail tail, long fromStep, long toStep) : IDisposable
{
    private readonly ChunkSource _source = new(connection, seriesKey, tail.Base);

    private bool Whole => fromStep == long.MinValue && toStep == long.MaxValue;

    /// <summary>Every stored point of the window.</summary>
    public ScalarWindow ReadAll(string tag, CancellationToken cancellation)
    {
        var all = new ColumnBuilder();
        foreach (var chunk in _source.Chunks(0, tail.Base))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Outside(chunk.MinStep, chunk.MaxStep)) continue;
            if (_source.Points(chunk) is { } points) all.Add(Within(points));
        }

        all.Add(Within(TailColumns()));
        var values = all.Values;
        var extremes = Array.ConvertAll(values, value => double.IsFinite(value) ? value : double.NaN);
        return new ScalarWindow
        {
            Tag = tag,
            Total = values.Length,
            Steps = all.Steps,
            WallTimes = all.WallTimes,
            Values = values,
            Min = extremes,
            Max = extremes,
            NonFinite = Array.ConvertAll(values, value => double.IsFinite(value) ? 0 : 1),
            Damaged = _source.Damaged,
        };
    }

    /// <summary>The window in at most <paramref name="buckets"/> buckets.</summary>
    public ScalarWindow ReadBuckets(string tag, int buckets, CancellationToken cancellation)
    {
        var nodes = Nodes(cancellation);
        var ending = Within(TailColumns());
        var total = nodes.Sum(node => node.Count) + ending.Count;
        var share = Math.Max(1, (total + buckets - 1) / buckets);
        var builder = new BucketBuilder(buckets, total);
        for (var i = 0; i < nodes.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // The last points of the window are added as points, so that the newest value is the one that shows.
            Add(builder, nodes[i], i == nodes.Count - 1 && ending.Count == 0 ? 1 : share);
        }

        builder.AddPoints(ending.Steps.AsSpan(0, ending.Count), ending.WallTimes.AsSpan(0, ending.Count), ending.Values.AsSpan(0, ending.Count));
        var built = builder.Build();
        return new ScalarWindow
        {
            Tag = tag,
            Total = built.Total,
            Steps = built.Steps,
            WallTimes = built.WallTimes,
            Values = built.Values,
            Min = built.Min,
            Max = built.Max,
            NonFinite = built.NonFinite,
            Damaged = _source.Damaged,
        };
    }

    public void Dispose() => _source.Dispose();

    // The window as whole coarse entries, whole chunks, and the points of what crosses an end of it.
    private List<ReadNode> Nodes(CancellationToken cancellation)
    {
        var nodes = new List<ReadNode>();
        long next = 0;
        foreach (var (index, entry) in _source.Coarse())
        {
            cancellation.ThrowIfCancellationRequested();
            AddChunks(nodes, next, index);
            next = index + SeriesLevels.CoarseSpan;
            if (Outside(entry.MinStep, entry.MaxStep)) continue;
            // The last one is opened: its end may be the newest point.
            if (Inside(entry.MinStep, entry.MaxStep) && next < tail.Base) nodes.Add(ReadNode.OfCoarse(index, entry));
            else AddChunks(nodes, index, next);
        }

        AddChunks(nodes, next, tail.Base);
        return nodes;
    }

    private void AddChunks(List<ReadNode> nodes, long from, long to)
    {
        foreach (var chunk in _source.Chunks(from, to))
        {
            if (Outside(chunk.MinStep, chunk.MaxStep)) continue;
            if (Inside(chunk.MinStep, chunk.MaxStep)) nodes.Add(ReadNode.OfChunk(chunk));
            else if (_source.Points(chunk) is { } points) nodes.Add(ReadNode.OfPoints(Within(points)));
        }
    }

    private void Add(BucketBuilder builder, ReadNode node, long share)
    {
        if (node.Points is { } points) Add(builder, points);
        else if (node.Chunk is { } chunk) Add(builder, chunk, share);
        else if (Fits(SeriesLevels.CoarseSpan, share)) builder.Add(node.Coarse);
        else
        {
            foreach (var part in _source.Chunks(node.FirstIndex, node.FirstIndex + SeriesLevels.CoarseSpan)) Add(builder, part, share);
        }
    }

    private void Add(BucketBuilder builder, in ChunkRow chunk, long share)
    {
        if (!chunk.Cut && Fits(SeriesLevels.ChunkSpan, share) && chunk.Entry is { } entry) builder.Add(entry);
        else if (!chunk.Cut && Fits(SeriesLevels.FineSpan, share) && _source.Fine(chunk) is { } entries)
        {
            foreach (ref readonly var fine in entries.AsSpan()) builder.Add(fine);
        }
        else if (_source.Points(chunk) is { } points) Add(builder, points);
    }

    private static void Add(BucketBuilder builder, SeriesColumns points) =>
        builder.AddPoints(points.Steps.AsSpan(0, points.Count), points.WallTimes.AsSpan(0, points.Count), points.Values.AsSpan(0, points.Count));

    // Entries a little larger than a bucket will do: at least two thirds of the buckets asked for come out, at a tenth of the reading.
    private static bool Fits(long span, long share) => share * 3 >= span * 2;

    private bool Outside(long minStep, long maxStep) => maxStep < fromStep || minStep > toStep;

    private bool Inside(long minStep, long maxStep) => minStep >= fromStep && maxStep <= toStep;

    private SeriesColumns TailColumns() => new(tail.Steps, tail.WallTimes, tail.Values, tail.Count);

    private SeriesColumns Within(SeriesColumns points)
    {
        if (Whole) return points;
        var kept = new ColumnBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            if (points.Steps[i] >= fromStep && points.Steps[i] <= toStep) kept.Add(points, i);
        }

        return kept.Columns;
    }
}
