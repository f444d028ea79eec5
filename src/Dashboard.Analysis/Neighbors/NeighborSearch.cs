namespace Dashboard.Analysis;

/// <summary>The nearest of one vector among rows that go by, in float64.</summary>
internal static class NeighborSearch
{
    /// <summary>Squared Euclidean distances.</summary>
    public static Neighbor[] Nearest(IVectorRows rows, ReadOnlySpan<float> vector, int leftOut, int count, CancellationToken cancellation)
    {
        var nearest = new NearestList(count);
        var buffer = new RowBuffer(rows);
        var chunk = RowBuffer.Chunk(rows.Columns);
        for (var first = 0; first < rows.Rows; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var have = Math.Min(chunk, rows.Rows - first);
            var values = buffer.Read(first, have);
            for (var row = 0; row < have; row++)
            {
                if (first + row != leftOut) nearest.Offer(first + row, VectorDistance.Squared(vector, values.Slice(row * rows.Columns, rows.Columns)));
            }
        }
        return nearest.Sorted();
    }
}
