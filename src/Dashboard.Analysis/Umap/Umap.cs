namespace Dashboard.Analysis;

/// <summary>Uniform manifold approximation and projection [McInnes, Healy and Melville 2018, arXiv 1802.03426], with the conventions of umap-learn.</summary>
public static class Umap
{
    // Microseconds a row, as measured on 10,000 and 70,000: the graph, the start, an epoch.
    private const double GraphCost = 1.5;
    private const double StartCost = 8.5;
    private const double EpochCost = 0.165;

    // What lies behind a block's borders is seen as it was an epoch ago, which costs quality: 70,000 images keep 0.279 of their neighbours in one block, 0.275 in eight and 0.26 in seventy.
    // Eight keep as many threads busy; small blocks would not be worth a thread's while.
    private const int MostBlocks = 8;
    private const int SmallestBlock = 1024;

    /// <summary>How many neighbours the table needs for a number that counts, as umap-learn's does, the vector itself.</summary>
    public static int NeighborsFor(int neighbors) => Math.Max(1, neighbors - 1);

    /// <summary>Bytes that an embedding takes at its peak, besides the neighbours.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="neighbors">Neighbours in the table.</param>
    /// <param name="dimensions">Columns of the coordinates.</param>
    public static long MemoryBytes(int rows, int neighbors, int dimensions)
    {
        long directed = (long)rows * neighbors;
        // Of the union there are twice as many edges at the most: memberships, the transposed graph and the union; then the union, eight columns three times; then the union and the plan.
        var union = directed * 12 + 2 * directed * 8;
        var start = 2 * directed * 8 + (long)rows * (3 * 4 * GraphEigenvectors.Width + 16);
        var layout = 2 * directed * (8 + 12) + (long)rows * (24 + 4L * 4 * dimensions);
        return Math.Max(union, Math.Max(start, layout)) + (long)rows * 32 + (8 << 20);
    }

    /// <summary>Embeds vectors by their neighbours.</summary>
    /// <param name="neighbors">The neighbours of each vector, as many as <see cref="NeighborsFor"/> says.</param>
    /// <param name="options">What it is to be like.</param>
    /// <param name="compute">Threads, progress and cancellation; the coordinates are the same for any number of threads.</param>
    /// <param name="observer">Watches them, or null.</param>
    /// <returns>The coordinates and how they were found.</returns>
    /// <exception cref="VectorException">An option is out of range.</exception>
    public static UmapResult Embed(NeighborTable neighbors, UmapOptions options, ComputeOptions compute, IEmbeddingObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        options.Check();
        var epochs = options.EpochsFor(neighbors.Rows);
        var (a, b) = UmapCurve.Fit(options.Spread, options.MinDistance);
        // Nobody to be near to: one point stands at the origin.
        if (neighbors.Rows == 0 || neighbors.Count == 0)
            return new UmapResult(new VectorTable(neighbors.Rows, options.Dimensions), a, b, epochs, UmapStart.Random, neighbors.Rows);
        var cost = GraphCost + StartCost + EpochCost * epochs;
        // Up to ten epochs umap-learn drops what the usual number would.
        var graph = FuzzyGraph.Of(neighbors, compute).Cut(epochs > 10 ? epochs : (options with { Epochs = null }).EpochsFor(neighbors.Rows));
        compute.Progress?.Report(GraphCost / cost);
        var components = GraphComponents.Of(graph);
        var (places, start) = SpectralStart.Of(graph, components, options.Dimensions, options.Seed, compute);
        var plan = LayoutPlan.Of(graph, places, options.Dimensions, Math.Max(SmallestBlock, Blocks.Count(neighbors.Rows, MostBlocks)), compute);
        compute.Progress?.Report((GraphCost + StartCost) / cost);
        var layout = new UmapLayout(plan, places, new UmapForces(a, b), options, compute);
        var coordinates = new VectorTable(neighbors.Rows, options.Dimensions, places);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            layout.Epoch(epoch, epochs);
            compute.Progress?.Report((GraphCost + StartCost + EpochCost * epoch) / cost);
            if (observer is null || !observer.Wants(epoch, epochs)) continue;
            layout.Read(epoch, coordinates.Values);
            observer.Show(epoch, epochs, coordinates);
        }
        layout.Read(epochs, coordinates.Values);
        return new UmapResult(coordinates, a, b, epochs, start, components.Members.Count);
    }
}
