using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dashboard.Analysis;

/// <summary>
/// t-SNE: points in two or three dimensions whose neighbourhoods, measured with Student's t, are as near as possible to those of vectors [van der Maaten and Hinton 2008].
/// </summary>
/// <remarks>
/// Gradient descent with momentum (.5, then .8) and a gain for each coordinate [Jacobs 1988], as in the original; the gradient is taken without its factor 4, so learning rates
/// are openTSNE's. Steps are no longer than five. The result is the same, bit for bit, for any number of threads on one kind of machine.
/// </remarks>
public static class Tsne
{
    /// <summary>Whether this machine takes sixteen numbers at once.</summary>
    internal static bool Widest => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>How many neighbours of each vector are wanted: three times the perplexity, and no more than there are others.</summary>
    public static int NeighborsFor(double perplexity, int rows) => (int)Math.Max(0, Math.Min(rows - 1, Math.Max(1, Math.Floor(3 * perplexity))));

    /// <summary>Bytes taken at the most, beside the neighbours and the start.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="dimensions">2 or 3.</param>
    /// <param name="perplexity">Neighbours are <see cref="NeighborsFor"/> it.</param>
    public static long MemoryBytes(int rows, int dimensions, double perplexity = 30)
    {
        long entries = (long)rows * NeighborsFor(perplexity, rows);
        // At worst no neighbour is mutual: each entry is there twice, eight bytes each, and once more while rows change their order; filling up rounds each row.
        var affinities = 2 * (2 * entries + (long)TsneAffinities.Pad * rows) * 8;
        // Positions, forces, velocities, gains and their copies, and what sorts them.
        var points = (long)rows * 4 * (6 * dimensions + 8);
        return affinities + entries * 10 + points + (dimensions == 2 ? TsneGrid.MemoryBytes(rows) : MortonTree.MemoryBytes(rows));
    }

    /// <summary>Makes the picture.</summary>
    /// <param name="neighbors">Neighbours by distance, at least <see cref="NeighborsFor"/> of each; all that are there are used.</param>
    /// <param name="start">Where the points start: rows × 2 or rows × 3, principal components as a rule. Scaled here, so that the first column deviates by 1e-4.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="compute">How it runs.</param>
    /// <param name="observer">Watches the points move.</param>
    /// <exception cref="VectorException">The perplexity is a third of the vectors or more, there are too few neighbours, the two tables do not go together, or the learning rate is far too large.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static TsneResult Embed(NeighborTable neighbors, VectorTable start, TsneOptions options, ComputeOptions compute, IEmbeddingObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        options.Validate();
        var rows = start.Rows;
        if (start.Columns is not (2 or 3)) throw new VectorException($"t-SNE draws in 2 or 3 dimensions, and the start has {start.Columns}.");
        if (neighbors.Rows != rows) throw new VectorException($"The start has {rows} rows, and there are neighbours of {neighbors.Rows} vectors.");
        // Up to three vectors are neighbours of each other, whatever the perplexity.
        if (rows > 3 && options.Perplexity >= rows / 3.0)
            throw new VectorException($"perplexity is {options.Perplexity}: below a third of the {rows} vectors is needed, so the largest whole one that works is {(rows + 2) / 3 - 1}.");
        if (start.Columns == 3 && options.Repulsion == TsneRepulsion.Interpolation)
            throw new VectorException("repulsion is Interpolation: its grid is a plane's, and the start has 3 dimensions. Auto, Exact and BarnesHut know them.");
        var needed = NeighborsFor(options.Perplexity, rows);
        if (neighbors.Count < needed) throw new VectorException($"perplexity is {options.Perplexity}: {needed} neighbours of each vector are needed, and there are {neighbors.Count}.");
        foreach (var value in start.Values)
        {
            if (!float.IsFinite(value)) throw new VectorException("The start holds a number that is not finite.");
        }
        if (rows <= 1) return new TsneResult(new VectorTable(rows, start.Columns), 0, TsneRepulsion.Exact, 0);
        using var team = new PhaseTeam(compute);
        return Widest
            ? new TsneRun<Wide512>(neighbors, start, options, compute, observer, team).Embed()
            : new TsneRun<WideAny>(neighbors, start, options, compute, observer, team).Embed();
    }
}
