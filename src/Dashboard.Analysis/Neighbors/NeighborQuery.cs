namespace Dashboard.Analysis;

/// <summary>The nearest of one vector, among all or some: every row goes by once, so that rows may lie in a file.</summary>
public static class NeighborQuery
{
    private const int BlockRows = 4096;

    /// <summary>Finds them, the nearest first, equal ones by row; distances in float64.</summary>
    /// <param name="rows">Vectors of finite numbers, read in blocks from several threads.</param>
    /// <param name="row">Whose neighbours; it is not its own.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="allowed">Which rows may be found, asked from several threads; null: all.</param>
    /// <param name="compute">Threads, progress and cancellation.</param>
    /// <exception cref="VectorException">There is no such row, or less than one neighbour is asked for.</exception>
    public static Neighbor[] Find(IVectorRows rows, int row, int count, DistanceMetric metric, Func<int, bool>? allowed, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(compute);
        VectorCheck.NotEmpty(rows);
        if (row < 0 || row >= rows.Rows) throw new VectorException($"row is {row}, and there are {rows.Rows} vectors: give 0 to {rows.Rows - 1}.");
        if (count < 1) throw new VectorException($"neighbors is {count}: at least 1 is needed.");
        count = Math.Min(count, rows.Rows - 1);
        if (count == 0) return [];
        var vector = new float[rows.Columns];
        rows.Read(row, vector);
        var distance = Measure(vector, metric);
        var parts = new NearestList[Blocks.Count(rows.Rows, BlockRows)];
        var advance = new Advance(compute, 0, 1, rows.Rows);
        Blocks.For(rows.Rows, BlockRows, compute, (block, from, to) =>
        {
            parts[block] = Search(rows, from, to, Math.Min(count, to - from), other => other != row && (allowed is null || allowed(other)), distance, compute.Cancellation);
            advance.Step(to - from);
        });
        var nearest = new NearestList(count);
        foreach (var part in parts) nearest.Join(part);
        return nearest.Nearest.ToArray();
    }

    /// <summary>The same for Euclidean distances on one thread, squared.</summary>
    internal static Neighbor[] FindSquared(IVectorRows rows, float[] vector, int row, int count, CancellationToken cancellation) =>
        Search(rows, 0, rows.Rows, count, other => other != row, other => VectorDistance.Squared(vector, other), cancellation).Nearest.ToArray();

    private delegate double Distance(ReadOnlySpan<float> other);

    private static Distance Measure(float[] vector, DistanceMetric metric)
    {
        if (metric == DistanceMetric.Euclidean) return other => Math.Sqrt(VectorDistance.Squared(vector, other));
        var own = VectorDistance.Dot(vector, vector);
        return other =>
        {
            // One root of both: parallel vectors then come out at 0 more often than with two.
            var lengths = Math.Sqrt(own * VectorDistance.Dot(other, other));
            // Rounding may leave the cosine of parallel vectors a little above 1.
            return lengths == 0 ? 1 : Math.Clamp(1 - VectorDistance.Dot(vector, other) / lengths, 0, 2);
        };
    }

    private static NearestList Search(IVectorRows rows, int from, int to, int count, Func<int, bool> allowed, Distance distance, CancellationToken cancellation)
    {
        var nearest = new NearestList(count);
        var buffer = new RowBuffer(rows);
        var chunk = RowBuffer.Chunk(rows.Columns);
        for (var first = from; first < to; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var have = Math.Min(chunk, to - first);
            var values = buffer.Read(first, have);
            for (var at = 0; at < have; at++)
            {
                if (allowed(first + at)) nearest.Offer(first + at, distance(values.Slice(at * rows.Columns, rows.Columns)));
            }
        }
        return nearest;
    }
}
