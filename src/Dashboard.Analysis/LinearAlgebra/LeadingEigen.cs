namespace Dashboard.Analysis;

/// <summary>The largest eigenvalues, falling, of a symmetric matrix that has no negative ones, and their eigenvectors as rows of unit length.</summary>
internal static class LeadingEigen
{
    // Where few of many are asked for, a Krylov space is faster than turning the whole matrix.
    private const int DenseSize = 192;
    private const int DenseShare = 6;

    /// <param name="matrix">size × size numbers. It may be used up.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="count">How many, at most <paramref name="size"/>.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static (double[] Values, double[][] Vectors) Of(double[] matrix, int size, int count, ComputeOptions options)
    {
        if (size > DenseSize && count * DenseShare <= size && BlockKrylov.Leading(matrix, size, count, options) is { } found) return found;
        return Dense(matrix, size, count, options);
    }

    /// <summary>By reflections and QL, for any symmetric matrix. It is used up.</summary>
    public static (double[] Values, double[][] Vectors) Dense(double[] matrix, int size, int count, ComputeOptions options)
    {
        var turned = new Tridiagonalisation(matrix, size, options);
        var (values, vectors) = SymmetricEigen.TridiagonalRows(turned.Diagonal, turned.Beside, options.Cancellation);
        var order = Enumerable.Range(0, size).OrderByDescending(at => values[at]).Take(count).ToArray();
        var leading = Array.ConvertAll(order, at => vectors[at]);
        foreach (var vector in leading) turned.Restore(vector);
        return (Array.ConvertAll(order, at => values[at]), leading);
    }
}
