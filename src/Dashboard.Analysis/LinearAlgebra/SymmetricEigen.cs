using System.Numerics;

namespace Dashboard.Analysis;

/// <summary>Eigenvalues, rising, and eigenvectors, as columns, of small symmetric matrices.</summary>
public static class SymmetricEigen
{
    // Both methods converge in a few rounds on anything finite; the limit is there for what is not.
    private const int MostRounds = 100;

    /// <summary>Cyclic Jacobi rotations: slow and accurate.</summary>
    public static (double[] Values, double[,] Vectors) Dense(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = Identity(size);
        for (var round = 0; round < MostRounds; round++)
        {
            double off = 0, all = 0;
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    all += a[i, j] * a[i, j];
                    if (i != j) off += a[i, j] * a[i, j];
                }
            }
            if (!double.IsFinite(all)) throw new ArithmeticException("The matrix holds numbers that are not finite.");
            // The squares' share at which rotations no longer change a double.
            if (off <= 1e-32 * all) break;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++) Rotate(a, vectors, p, q);
            }
        }
        var values = new double[size];
        for (var i = 0; i < size; i++) values[i] = a[i, i];
        return Sorted(values, vectors);
    }

    /// <summary>A tridiagonal matrix, by the QL method with implicit shifts.</summary>
    /// <param name="diagonal">Its diagonal, n numbers.</param>
    /// <param name="beside">What stands beside it, n − 1 numbers.</param>
    public static (double[] Values, double[,] Vectors) Tridiagonal(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside)
    {
        var (values, rows) = TridiagonalRows(diagonal, beside);
        var vectors = new double[values.Length, values.Length];
        for (var column = 0; column < values.Length; column++)
        {
            for (var row = 0; row < values.Length; row++) vectors[row, column] = rows[column][row];
        }
        return Sorted(values, vectors);
    }

    /// <summary>The same in no order, with each eigenvector in an array of its own: rotations then run along the numbers as they lie in memory.</summary>
    internal static (double[] Values, double[][] Vectors) TridiagonalRows(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, CancellationToken cancellation = default)
    {
        var size = diagonal.Length;
        var values = diagonal.ToArray();
        var e = new double[size];
        beside[..Math.Max(0, size - 1)].CopyTo(e);
        var vectors = new double[size][];
        for (var row = 0; row < size; row++)
        {
            vectors[row] = new double[size];
            vectors[row][row] = 1;
        }
        // What rounding leaves of a matrix of this size; a part of it that is smaller all over would otherwise be turned without end.
        double smallest = 0;
        for (var row = 0; row < size; row++) smallest = Math.Max(smallest, 1.1e-16 * (Math.Abs(values[row]) + Math.Abs(e[row])));
        for (var low = 0; low < size; low++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var round = 0; ; round++)
            {
                var split = low;
                while (split < size - 1 && Math.Abs(e[split]) > smallest) split++;
                if (split == low) break;
                if (round == MostRounds || !double.IsFinite(values[low])) throw new ArithmeticException("The eigenvalues of the projected matrix did not converge; the products hold numbers that are not finite.");
                Sweep(values, e, vectors, low, split);
            }
        }
        return (values, vectors);
    }

    private static void Sweep(double[] values, double[] e, double[][] vectors, int low, int high)
    {
        var g = (values[low + 1] - values[low]) / (2 * e[low]);
        var r = double.Hypot(g, 1);
        g = values[high] - values[low] + e[low] / (g + Math.CopySign(r, g));
        double sine = 1, cosine = 1, shift = 0;
        for (var i = high - 1; i >= low; i--)
        {
            var f = sine * e[i];
            var b = cosine * e[i];
            r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                // The matrix fell apart in the middle of a sweep: go on with the halves.
                values[i + 1] -= shift;
                e[high] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = values[i + 1] - shift;
            r = (values[i] - g) * sine + 2 * cosine * b;
            shift = sine * r;
            values[i + 1] = g + shift;
            g = cosine * r - b;
            Rotate(vectors[i], vectors[i + 1], cosine, sine);
        }
        values[low] -= shift;
        e[low] = g;
        e[high] = 0;
    }

    private static void Rotate(double[] first, double[] second, double cosine, double sine)
    {
        var (c, s) = (new Vector<double>(cosine), new Vector<double>(sine));
        var at = 0;
        for (; at <= first.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var (x, y) = (new Vector<double>(first, at), new Vector<double>(second, at));
            (s * x + c * y).CopyTo(second, at);
            (c * x - s * y).CopyTo(first, at);
        }
        for (; at < first.Length; at++) (first[at], second[at]) = (cosine * first[at] - sine * second[at], sine * first[at] + cosine * second[at]);
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        var size = a.GetLength(0);
        var ratio = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var tangent = double.IsInfinity(ratio) ? 0 : Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(ratio, 1));
        var cosine = 1 / double.Hypot(tangent, 1);
        var sine = tangent * cosine;
        for (var k = 0; k < size; k++)
        {
            (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        }
        for (var k = 0; k < size; k++)
        {
            (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
            (vectors[k, p], vectors[k, q]) = (cosine * vectors[k, p] - sine * vectors[k, q], sine * vectors[k, p] + cosine * vectors[k, q]);
        }
    }

    private static double[,] Identity(int size)
    {
        var identity = new double[size, size];
        for (var i = 0; i < size; i++) identity[i, i] = 1;
        return identity;
    }

    private static (double[] Values, double[,] Vectors) Sorted(double[] values, double[,] vectors)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var sorted = new double[values.Length, values.Length];
        for (var column = 0; column < order.Length; column++)
        {
            for (var row = 0; row < order.Length; row++) sorted[row, column] = vectors[row, order[column]];
        }
        return ([.. order.Select(i => values[i])], sorted);
    }
}
