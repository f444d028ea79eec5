namespace Dashboard.Analysis;

/// <summary>k-means: first centres far apart by chance [Arthur and Vassilvitskii 2007], then each vector to its nearest centre and each centre to the mean of its vectors [Lloyd 1957].</summary>
public static class KMeans
{
    /// <summary>Finds clusters.</summary>
    /// <param name="rows">Vectors, read in blocks from several threads, once a round.</param>
    /// <param name="options">How many, and when it ends.</param>
    /// <param name="compute">Threads, progress and cancellation; the result does not depend on it.</param>
    /// <exception cref="VectorException">There are no vectors, one is not finite, or there are fewer than clusters asked for.</exception>
    public static KMeansResult Fit(IVectorRows rows, KMeansOptions options, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        VectorCheck.NotEmpty(rows);
        if (options.Clusters < 1 || options.Clusters > rows.Rows)
            throw new VectorException($"clusters is {options.Clusters}, and there are {rows.Rows} vectors: ask for 1 to {rows.Rows}.");
        if ((long)options.Clusters * rows.Columns > Array.MaxLength)
            throw new VectorException($"clusters is {options.Clusters}: so many centres of {rows.Columns} numbers would not fit one array. Ask for {Array.MaxLength / rows.Columns} at the most.");
        if (options.Starts < 1 || options.Iterations < 1) throw new VectorException($"starts is {options.Starts} and iterations {options.Iterations}: at least 1 each is needed.");
        var moments = ColumnMoments.Of(rows, compute, 0, 0.05);
        KMeansResult? best = null;
        for (var start = 0; start < options.Starts; start++)
        {
            var (from, to) = (0.05 + 0.95 * start / options.Starts, 0.05 + 0.95 * (start + 1) / options.Starts);
            var result = new KMeansStart(rows, moments, options, start, compute).Run(from, to);
            if (best is null || result.Inertia < best.Inertia) best = result;
        }
        compute.Progress?.Report(1);
        return BySize(best!);
    }

    /// <summary>Bytes it takes at the most beside the vectors themselves, result included.</summary>
    public static long MemoryBytes(int rows, int columns, int clusters) =>
        (long)rows * (2 * sizeof(int) + sizeof(double) + sizeof(float)) + (long)clusters * columns * (sizeof(double) + 4 * sizeof(float)) + 3 * sizeof(float) * (long)WeightedSums.BlockRows(columns) * (columns + clusters);

    // Numbers that chance gave would change colours from one start to the next.
    private static KMeansResult BySize(KMeansResult result)
    {
        var clusters = result.Centres.Rows;
        var sizes = new int[clusters];
        foreach (var label in result.Labels) sizes[label]++;
        var order = Enumerable.Range(0, clusters).OrderByDescending(cluster => sizes[cluster]).ToArray();
        var places = new int[clusters];
        var centres = new VectorTable(clusters, result.Centres.Columns);
        for (var at = 0; at < clusters; at++)
        {
            places[order[at]] = at;
            result.Centres.Row(order[at]).CopyTo(centres.Row(at));
        }
        return result with { Labels = Array.ConvertAll(result.Labels, label => places[label]), Centres = centres };
    }
}
