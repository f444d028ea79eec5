namespace Dashboard.Analysis;

/// <summary>How well a projection keeps neighbourhoods.</summary>
public static class ProjectionQuality
{
    // The sample's vectors are in memory: a gigabyte of them at the most.
    private const long SampleNumbers = 1 << 28;

    /// <summary>Measures trustworthiness and preservation over all points, or a sample of many. Equal distances are ordered by row; where rounding alone can have ordered them, in both
    /// spaces, neither comes before the other, so that turning and moving a picture gives exactly 1.</summary>
    /// <param name="original">The vectors.</param>
    /// <param name="projected">A point for each.</param>
    /// <param name="options">Neighbours and sample.</param>
    /// <param name="compute">Threads, progress and cancellation.</param>
    /// <exception cref="VectorException">The tables differ in their rows, or there are none, or a number is not finite, or less than one neighbour is asked for.</exception>
    public static QualityResult Measure(IVectorRows original, VectorTable projected, QualityOptions options, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(projected);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        Check(original, projected, options);
        var sample = (int)Math.Min(options.Sample, Math.Max(100, SampleNumbers / original.Columns));
        var sampled = original.Rows > sample;
        var rows = sampled ? RowSample.Draw(original.Rows, sample, options.Seed) : null;
        var (vectors, points) = (RowSample.Take(original, rows), RowSample.Take(projected, rows));
        VectorCheck.Finite(vectors, compute with { Progress = null });
        VectorCheck.Finite(points, compute with { Progress = null });
        // Half of the points and more are no neighbourhood, and the definition ends there.
        var most = (vectors.Rows - 1) / 2;
        var (trusted, preserved) = (Math.Min(options.TrustworthinessNeighbors, most), Math.Min(options.PreservationNeighbors, most));
        if (most == 0) return new QualityResult(1, 1, 0, 0, vectors.Rows, sampled);
        var (penalty, kept) = new NeighborRanks(vectors, points, trusted, preserved).Sum(compute);
        double n = vectors.Rows;
        return new QualityResult(1 - penalty * 2 / (n * trusted * (2 * n - 3 * trusted - 1)), kept / (n * preserved), trusted, preserved, vectors.Rows, sampled);
    }

    /// <summary>The share of each point's neighbours that are still among as many of its nearest on the picture.</summary>
    /// <param name="original">Neighbours in the original space.</param>
    /// <param name="projected">A point for each row, of a few columns.</param>
    /// <param name="compute">Threads, progress and cancellation.</param>
    /// <exception cref="VectorException">The tables differ in their rows, or a coordinate is not finite.</exception>
    public static float[] PerPoint(NeighborTable original, VectorTable projected, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(projected);
        ArgumentNullException.ThrowIfNull(compute);
        if (original.Rows != projected.Rows) throw Differ(original.Rows, projected.Rows);
        VectorCheck.Finite(projected, compute with { Progress = null });
        var shares = new float[original.Rows];
        if (original.Count == 0)
        {
            shares.AsSpan().Fill(1);
            return shares;
        }
        var tree = PointTree.Build(projected, compute.Cancellation);
        var advance = new Advance(compute, 0.1, 1, shares.Length);
        Blocks.For(shares.Length, 1024, compute, (_, from, to) =>
        {
            var nearest = new NearestList(original.Count);
            for (var row = from; row < to; row++)
            {
                compute.Cancellation.ThrowIfCancellationRequested();
                tree.Find(row, nearest);
                // As near as the last one counts: of equal ones none is nearer.
                var reach = nearest.Nearest[^1].Distance;
                var kept = 0;
                foreach (var neighbor in original.IndicesOf(row))
                {
                    if (VectorDistance.Squared(projected.Row(row), projected.Row(neighbor)) <= reach) kept++;
                }
                shares[row] = (float)kept / original.Count;
            }
            advance.Step(to - from);
        });
        return shares;
    }

    private static void Check(IVectorRows original, VectorTable projected, QualityOptions options)
    {
        if (original.Rows != projected.Rows) throw Differ(original.Rows, projected.Rows);
        VectorCheck.NotEmpty(original);
        VectorCheck.NotEmpty(projected);
        if (options.TrustworthinessNeighbors < 1 || options.PreservationNeighbors < 1)
            throw new VectorException($"neighbors are {options.TrustworthinessNeighbors} for trustworthiness and {options.PreservationNeighbors} for preservation: at least 1 each is needed.");
        if (options.Sample < 3) throw new VectorException($"sample is {options.Sample}: neighbourhoods need 3 points at least.");
    }

    private static VectorException Differ(int vectors, int points) => new($"There are {vectors} vectors and {points} points: one for each is needed.");
}
