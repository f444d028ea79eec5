using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>A symmetric matrix turned tridiagonal by reflections [Householder 1958; Golub and Van Loan, Matrix Computations, 8.3.1].</summary>
internal sealed class Tridiagonalisation
{
    // Below that, starting threads costs more than a step.
    private const int ParallelSize = 512;
    private const int BlockRows = 64;

    private readonly double[][] _reflections;
    private readonly double[] _scales;

    /// <summary>Turns a matrix, which is used up.</summary>
    /// <param name="matrix">size × size numbers.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="options">Threads and cancellation.</param>
    public Tridiagonalisation(double[] matrix, int size, ComputeOptions options)
    {
        (Diagonal, Beside) = (new double[size], new double[Math.Max(0, size - 1)]);
        (_reflections, _scales) = (new double[Math.Max(0, size - 2)][], new double[Math.Max(0, size - 2)]);
        for (var step = 0; step < size - 2; step++) Step(matrix, size, step, options);
        for (var row = 0; row < size; row++) Diagonal[row] = matrix[row * size + row];
        if (size > 1) Beside[size - 2] = matrix[(size - 2) * size + size - 1];
    }

    public double[] Diagonal { get; }

    public double[] Beside { get; }

    /// <summary>Takes an eigenvector of the tridiagonal matrix to one of the matrix.</summary>
    public void Restore(Span<double> vector)
    {
        for (var step = _reflections.Length - 1; step >= 0; step--)
        {
            var behind = vector[(step + 1)..];
            TensorPrimitives.MultiplyAdd(_reflections[step], -_scales[step] * TensorPrimitives.Dot<double>(_reflections[step], behind), behind, behind);
        }
    }

    private void Step(double[] a, int size, int step, ComputeOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        var first = step + 1;
        var v = a.AsSpan(step * size + first, size - first).ToArray();
        var norm = TensorPrimitives.Norm<double>(v);
        _reflections[step] = v;
        Beside[step] = norm == 0 ? 0 : -Math.CopySign(norm, v[0]);
        if (norm == 0 || TensorPrimitives.MaxMagnitude<double>(v.AsSpan(1)) == 0)
        {
            Beside[step] = v[0];
            return;
        }
        v[0] -= Beside[step];
        var scale = _scales[step] = 2 / TensorPrimitives.SumOfSquares<double>(v);
        var w = new double[v.Length];
        var threads = v.Length >= ParallelSize ? options : options with { Threads = 1 };
        Blocks.For(v.Length, BlockRows, threads, (_, from, to) =>
        {
            for (var row = from; row < to; row++) w[row] = scale * TensorPrimitives.Dot<double>(a.AsSpan((first + row) * size + first, v.Length), v);
        });
        TensorPrimitives.MultiplyAdd(v, -scale / 2 * TensorPrimitives.Dot<double>(w, v), w, w);
        Blocks.For(v.Length, BlockRows, threads, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var place = a.AsSpan((first + row) * size + first, v.Length);
                TensorPrimitives.MultiplyAdd(v, -w[row], place, place);
                TensorPrimitives.MultiplyAdd(w, -v[row], place, place);
            }
        });
    }
}
