namespace Dashboard.Analysis;

/// <summary>The nearest neighbours of every vector, by Euclidean distance. For cosine, search <see cref="UnitRows"/>.</summary>
public static class NearestNeighbors
{
    /// <summary>Finds them.</summary>
    /// <param name="rows">Vectors, read from several threads.</param>
    /// <param name="count">Neighbours of each, at least 1; beyond rows − 1 there are no more, and so many are found.</param>
    /// <param name="options">Method and seed.</param>
    /// <param name="compute">Threads, progress and cancellation; the result does not depend on it.</param>
    /// <exception cref="VectorException">There are no vectors, one is not finite, or the table would not fit.</exception>
    public static NeighborTable Find(IVectorRows rows, int count, NeighborOptions options, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        if (count < 1) throw new VectorException($"neighbors is {count}: at least 1 is needed.");
        var moments = ColumnMoments.Of(rows, compute, 0, 0.05);
        count = Math.Min(count, rows.Rows - 1);
        if ((long)rows.Rows * count > Array.MaxLength) throw new VectorException($"neighbors is {count}: those of {rows.Rows} vectors would not fit one array. Ask for {Array.MaxLength / rows.Rows} at the most.");
        if (count == 0) return new NeighborTable(rows.Rows, 0, [], [], exact: true);
        var centre = Array.ConvertAll(moments.Mean, mean => (float)mean);
        var found = ExactNeighbors.Find(rows, centre, count, compute);
        compute.Progress?.Report(1);
        return found;
    }
}
