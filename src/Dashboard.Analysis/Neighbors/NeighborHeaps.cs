namespace Dashboard.Analysis;

/// <summary>The best few candidates of every row, each a heap with the worst on top. Candidates are ordered by distance, then by number, so that what is kept does not
/// depend on the order of the offers. Whoever offers to a row holds it alone.</summary>
internal sealed unsafe class NeighborHeaps
{
    private readonly float[] _distances;
    private readonly int[] _indices;
    private readonly int[] _filled;
    private readonly AlignedArray<float> _worst;

    /// <param name="rows">Rows.</param>
    /// <param name="keep">Candidates of each.</param>
    /// <param name="padded">Rows with those behind the last that vector code may read: their threshold is NaN, so nothing passes.</param>
    public NeighborHeaps(int rows, int keep, int padded)
    {
        Keep = keep;
        var length = (long)rows * keep;
        if (length > Array.MaxLength) throw new VectorException($"neighbors: {keep} candidates of each of {rows} rows do not fit one array: ask for fewer neighbours.");
        (_distances, _indices, _filled) = (new float[length], new int[length], new int[rows]);
        _worst = new AlignedArray<float>(padded, zeros: false);
        _worst.Span[..rows].Fill(float.PositiveInfinity);
        _worst.Span[rows..].Fill(float.NaN);
    }

    /// <summary>Candidates kept of each row.</summary>
    public int Keep { get; }

    /// <summary>What a distance must not exceed to be kept, row by row.</summary>
    public float* Worst => _worst.Pointer;

    /// <summary>Candidates of a row so far, in no order.</summary>
    public ReadOnlySpan<int> IndicesOf(int row) => _indices.AsSpan(row * Keep, _filled[row]);

    /// <summary>Their distances.</summary>
    public ReadOnlySpan<float> DistancesOf(int row) => _distances.AsSpan(row * Keep, _filled[row]);

    /// <summary>Offers one that has not been offered to this row before. Says whether it is kept for now.</summary>
    public bool Offer(int row, float distance, int index)
    {
        var distances = _distances.AsSpan(row * Keep, Keep);
        var indices = _indices.AsSpan(row * Keep, Keep);
        ref var filled = ref _filled[row];
        if (filled < Keep)
        {
            Rise(distances, indices, filled++, distance, index);
            if (filled == Keep) _worst.Pointer[row] = distances[0];
            return true;
        }
        if (!Before(distance, index, distances[0], indices[0])) return false;
        Sink(distances, indices, distance, index);
        _worst.Pointer[row] = distances[0];
        return true;
    }

    /// <summary>Offers one that may be there already.</summary>
    public bool OfferOnce(int row, float distance, int index) =>
        distance <= _worst.Pointer[row] && !IndicesOf(row).Contains(index) && Offer(row, distance, index);

    private static bool Before(float distance, int index, float otherDistance, int otherIndex) =>
        distance < otherDistance || (distance == otherDistance && index < otherIndex);

    private static void Rise(Span<float> distances, Span<int> indices, int at, float distance, int index)
    {
        while (at > 0)
        {
            var above = (at - 1) / 2;
            if (!Before(distances[above], indices[above], distance, index)) break;
            (distances[at], indices[at]) = (distances[above], indices[above]);
            at = above;
        }
        (distances[at], indices[at]) = (distance, index);
    }

    private static void Sink(Span<float> distances, Span<int> indices, float distance, int index)
    {
        var at = 0;
        while (true)
        {
            var below = 2 * at + 1;
            if (below >= distances.Length) break;
            if (below + 1 < distances.Length && Before(distances[below], indices[below], distances[below + 1], indices[below + 1])) below++;
            if (!Before(distance, index, distances[below], indices[below])) break;
            (distances[at], indices[at]) = (distances[below], indices[below]);
            at = below;
        }
        (distances[at], indices[at]) = (distance, index);
    }
}
