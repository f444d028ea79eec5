using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>The fuzzy union of everybody's neighbourhoods: a symmetric weighted graph in compressed rows [McInnes et al. 2018].</summary>
internal sealed class FuzzyGraph
{
    // Loops that run once and long are compiled fully at once (AggressiveOptimization): by the time they were found hot they would be over.

    /// <summary>Rows of a block: enough work for a thread, enough blocks for many.</summary>
    private const int Block = 512;

    // The least σ as a share of the mean distance, for vectors among many equals: umap-learn's figure.
    private const double LeastWidth = 1e-3;

    /// <summary>Where each row's edges begin, and where the last end.</summary>
    public required long[] Starts { get; init; }

    /// <summary>The other end of each edge, rising within a row.</summary>
    public required int[] Ends { get; init; }

    /// <summary>Weights from 0 to 1.</summary>
    public required float[] Weights { get; init; }

    public int Rows => Starts.Length - 1;

    public static FuzzyGraph Of(NeighborTable neighbors, ComputeOptions options)
    {
        var directed = Memberships(neighbors, options);
        return Union(neighbors.Rows, neighbors.Count, neighbors.Indices, directed, options);
    }

    /// <summary>How much each neighbour belongs to a vector's neighbourhood: exp(−max(0, d − ρ)/σ), ρ the nearest distance that is not 0, σ such that a row sums to log₂ of the neighbours and the vector itself.</summary>
    public static float[] Memberships(NeighborTable neighbors, ComputeOptions options)
    {
        var (rows, count, padded) = (neighbors.Rows, neighbors.Count, Membership.Padded(neighbors.Count));
        var target = Math.Log2(count + 1);
        var sums = new double[Blocks.Count(rows, Block)];
        Blocks.For(rows, Block, options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (block, first, end) =>
        {
            for (var at = first * count; at < end * count; at++) sums[block] += neighbors.Distances[at];
        });
        // The vector itself, at distance 0, is in the mean as it is in umap-learn's.
        var mean = sums.Sum() / ((double)rows * (count + 1));
        var weights = new float[neighbors.Distances.Length];
        Blocks.For(rows, Block, options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, end) =>
        {
            var (beyond, share) = (new float[padded], new float[padded]);
            for (var row = first; row < end; row++)
            {
                var distances = neighbors.DistancesOf(row);
                var (nearest, all) = (0f, 0.0);
                for (var at = count - 1; at >= 0; at--)
                {
                    if (distances[at] > 0) nearest = distances[at];
                    all += distances[at];
                }
                for (var at = 0; at < count; at++) beyond[at] = Math.Max(0, distances[at] - nearest);
                var least = LeastWidth * (nearest > 0 ? all / (count + 1) : mean);
                Membership.Share(beyond, Math.Max(Membership.Width(beyond, count, target), least), share);
                share.AsSpan(0, count).CopyTo(weights.AsSpan(row * count));
            }
        });
        return weights;
    }

    /// <summary>A + Aᵀ − A∘Aᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FuzzyGraph Union(int rows, int count, int[] indices, float[] weights, ComputeOptions options)
    {
        // Who has a row among its neighbours, by rising number because rows are taken in order.
        var backStarts = new long[rows + 1];
        for (var at = 0; at < indices.Length; at++) backStarts[indices[at] + 1]++;
        for (var row = 0; row < rows; row++) backStarts[row + 1] += backStarts[row];
        var (back, backWeights) = (new int[indices.Length], new float[indices.Length]);
        var next = backStarts.AsSpan(0, rows).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var at = row * count; at < (row + 1) * count; at++)
            {
                var to = next[indices[at]]++;
                (back[to], backWeights[to]) = (row, weights[at]);
            }
        }
        var starts = new long[rows + 1];
        Merge(null, null);
        for (var row = 0; row < rows; row++) starts[row + 1] += starts[row];
        var (ends, union) = (new int[starts[rows]], new float[starts[rows]]);
        Merge(ends, union);
        return new FuzzyGraph { Starts = starts, Ends = ends, Weights = union };

        // Once to count, once to write.
        void Merge(int[]? ends, float[]? union) => Blocks.For(rows, Block, options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, last) =>
        {
            var (own, ownWeights) = (new int[count], new float[count]);
            for (var row = first; row < last; row++)
            {
                indices.AsSpan(row * count, count).CopyTo(own);
                weights.AsSpan(row * count, count).CopyTo(ownWeights);
                own.AsSpan().Sort(ownWeights.AsSpan());
                var (a, b, to) = (0, backStarts[row], ends is null ? 0 : starts[row]);
                while (a < count || b < backStarts[row + 1])
                {
                    var left = a < count ? own[a] : int.MaxValue;
                    var right = b < backStarts[row + 1] ? back[b] : int.MaxValue;
                    var (p, q) = (left <= right ? ownWeights[a++] : 0, right <= left ? backWeights[b++] : 0);
                    if (ends is not null) (ends[to], union![to]) = (Math.Min(left, right), p + q - p * q);
                    to++;
                }
                if (ends is null) starts[row + 1] = to;
            }
        });
    }

    /// <summary>Without the edges that no epoch would come to: those below the largest weight over the epochs. Its arrays are this one's, which is not to be used any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FuzzyGraph Cut(int epochs)
    {
        var least = LargestWeight() / epochs;
        var starts = new long[Starts.Length];
        long kept = 0;
        for (var row = 0; row < Rows; row++)
        {
            for (var at = Starts[row]; at < Starts[row + 1]; at++)
            {
                if (Weights[at] > 0 && Weights[at] >= least) (Ends[kept], Weights[kept++]) = (Ends[at], Weights[at]);
            }
            starts[row + 1] = kept;
        }
        return new FuzzyGraph { Starts = starts, Ends = Ends, Weights = Weights };
    }

    /// <summary>0 where there is no edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float LargestWeight()
    {
        var largest = 0f;
        for (long at = 0; at < Starts[^1]; at++) largest = Math.Max(largest, Weights[at]);
        return largest;
    }
}
