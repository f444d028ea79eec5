namespace Dashboard.Analysis;

/// <summary>The nearest neighbours of every vector, by Euclidean distance. For cosine, search <see cref="UnitRows"/>.</summary>
public static class NearestNeighbors
{
    // Products of numbers that take some ten seconds of one core.
    private const double MostProducts = 1e12;

    /// <summary>Whether <see cref="NeighborMethod.Auto"/> searches exactly.</summary>
    public static bool IsExact(int rows, int columns) => (double)rows * rows * columns <= MostProducts;

    /// <summary>Bytes a search takes at the most beside the vectors themselves, result included.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="columns">Numbers in a vector.</param>
    /// <param name="count">Neighbours of each.</param>
    /// <param name="method">How they are searched; an approximate search has the vectors in memory.</param>
    /// <param name="threads">Threads at the most.</param>
    public static long MemoryBytes(int rows, int columns, int count, NeighborMethod method, int threads)
    {
        count = Math.Max(1, Math.Min(count, rows - 1));
        var exactly = method == NeighborMethod.Exact || (method == NeighborMethod.Auto && IsExact(rows, columns));
        return exactly ? ExactNeighbors.MemoryBytes(rows, columns, count, threads) : ApproximateNeighbors.MemoryBytes(rows, count);
    }

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
        var exactly = options.Method == NeighborMethod.Exact || (options.Method == NeighborMethod.Auto && IsExact(rows.Rows, rows.Columns));
        var found = exactly ? ExactNeighbors.Find(rows, centre, count, compute) : ApproximateNeighbors.Find(rows, count, options.Seed, compute);
        compute.Progress?.Report(1);
        return found;
    }
}
