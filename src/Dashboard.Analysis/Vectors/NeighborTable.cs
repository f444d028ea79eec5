namespace Dashboard.Analysis;

/// <summary>The nearest neighbours of every vector, by Euclidean distance, the nearest first; a vector is not its own neighbour.</summary>
public sealed class NeighborTable
{
    /// <summary>Takes arrays over as they are.</summary>
    public NeighborTable(int rows, int count, int[] indices, float[] distances, bool exact)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(distances);
        if ((long)rows * count != indices.Length || indices.Length != distances.Length)
            throw new ArgumentException($"{rows} × {count} neighbours are needed, and there are {indices.Length} with {distances.Length} distances.", nameof(indices));
        (Rows, Count, Indices, Distances, Exact) = (rows, count, indices, distances, exact);
    }

    /// <summary>Vectors.</summary>
    public int Rows { get; }

    /// <summary>Neighbours of each.</summary>
    public int Count { get; }

    /// <summary>rows × count row numbers.</summary>
    public int[] Indices { get; }

    /// <summary>rows × count distances, rising within a row; equal ones by rising row number.</summary>
    public float[] Distances { get; }

    /// <summary>Whether these are surely the nearest; otherwise most of them are.</summary>
    public bool Exact { get; }

    /// <summary>Share of the neighbours that are as near as the true ones, 0 to 1: measured on some rows where the search was approximate.</summary>
    public double Recall { get; init; } = 1;

    /// <summary>Row numbers of the neighbours of one vector.</summary>
    public ReadOnlySpan<int> IndicesOf(int row) => Indices.AsSpan(row * Count, Count);

    /// <summary>Their distances.</summary>
    public ReadOnlySpan<float> DistancesOf(int row) => Distances.AsSpan(row * Count, Count);

    /// <summary>The first neighbours of each.</summary>
    public NeighborTable Nearest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        if (count == Count) return this;
        var (indices, distances) = (new int[Rows * count], new float[Rows * count]);
        for (var row = 0; row < Rows; row++)
        {
            IndicesOf(row)[..count].CopyTo(indices.AsSpan(row * count));
            DistancesOf(row)[..count].CopyTo(distances.AsSpan(row * count));
        }
        return new NeighborTable(Rows, count, indices, distances, Exact) { Recall = Recall };
    }
}
