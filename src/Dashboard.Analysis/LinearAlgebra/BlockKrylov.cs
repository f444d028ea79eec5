using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dashboard.Analysis;

/// <summary>Leading eigenpairs from a block Krylov space with full reorthogonalisation and Rayleigh and Ritz's projection [Golub and Underwood 1977]. A block finds eigenvalues
/// that occur several times; where the space closes, new random directions go on, until they have found all there is: the eigenvalues add up to the trace.</summary>
internal sealed class BlockKrylov
{
    private const int Block = 8;

    // ‖Av − λv‖ against the largest eigenvalue.
    private const double Residual = 1e-12;

    // What is left of a vector after its projection is taken off, at which only rounding is left.
    private const double Closed = 1e-11;

    // Share of the trace that is still to be found when all is.
    private const double Rest = 1e-11;

    private readonly double[] _matrix;
    private readonly int _size;
    private readonly ComputeOptions _options;
    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _products = [];
    private int _drawn;
    private bool _closed;

    private BlockKrylov(double[] matrix, int size, ComputeOptions options) => (_matrix, _size, _options) = (matrix, size, options);

    /// <summary>Finds them, or null where the space grew past what the other way costs.</summary>
    public static (double[] Values, double[][] Vectors)? Leading(double[] matrix, int size, int count, ComputeOptions options)
    {
        var space = new BlockKrylov(matrix, size, options);
        var next = new double[Block][];
        for (var at = 0; at < Block; at++) next[at] = space.Draw();
        var check = 2 * count + 6 * Block;
        while (space._basis.Count <= size * 3 / 4)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (!space.Orthonormalise(next)) return null;
            space._basis.AddRange(next);
            var products = space.Multiply(next);
            space._products.AddRange(products);
            next = Array.ConvertAll(products, product => (double[])product.Clone());
            if (space._basis.Count < check) continue;
            if (space.Solve(count) is { } found) return found;
            check = space._basis.Count * 5 / 4;
        }
        return null;
    }

    // Any direction will do that is the same each time and has no pattern.
    private double[] Draw()
    {
        var random = new SeededRandom(0, _drawn++);
        var direction = new double[_size];
        for (var column = 0; column < _size; column++) direction[column] = random.Next() / (double)ulong.MaxValue - 0.5;
        return direction;
    }

    // Twice, because once leaves what cancels [Kahan and Parlett: "twice is enough"]; and once more when the rest is of length one, for what rounding brought up with it.
    private bool Orthonormalise(double[][] block)
    {
        var before = Array.ConvertAll(block, vector => TensorPrimitives.Norm<double>(vector));
        Blocks.For(block.Length, 1, _options, (at, _, _) =>
        {
            for (var round = 0; round < 2; round++) TakeOff(block[at], _basis);
        });
        for (var at = 0; at < block.Length; at++)
        {
            for (var round = 0; round < 2; round++) TakeOff(block[at], block.AsSpan(0, at));
            var rest = TensorPrimitives.Norm<double>(block[at]);
            if (!(rest > Closed * before[at]))
            {
                _closed = true;
                block[at] = Draw();
                for (var round = 0; round < 2; round++)
                {
                    TakeOff(block[at], _basis);
                    TakeOff(block[at], block.AsSpan(0, at));
                }
                rest = TensorPrimitives.Norm<double>(block[at]);
                if (!(rest > Closed * _size)) return false;
            }
            TensorPrimitives.Divide(block[at], rest, block[at]);
            TakeOff(block[at], _basis);
            TakeOff(block[at], block.AsSpan(0, at));
            TensorPrimitives.Divide(block[at], TensorPrimitives.Norm<double>(block[at]), block[at]);
        }
        return true;
    }

    private static void TakeOff(double[] vector, List<double[]> directions) => TakeOff(vector, CollectionsMarshal.AsSpan(directions));

    private static void TakeOff(double[] vector, ReadOnlySpan<double[]> directions)
    {
        foreach (var direction in directions) TensorPrimitives.MultiplyAdd(direction, -TensorPrimitives.Dot<double>(vector, direction), vector, vector);
    }

    private double[][] Multiply(double[][] block)
    {
        var products = Array.ConvertAll(block, _ => new double[_size]);
        Blocks.For(_size, 64, _options, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var line = _matrix.AsSpan(row * _size, _size);
                for (var at = 0; at < block.Length; at++) products[at][row] = TensorPrimitives.Dot<double>(line, block[at]);
            }
        });
        return products;
    }

    private (double[] Values, double[][] Vectors)? Solve(int count)
    {
        var size = _basis.Count;
        var projected = new double[size * size];
        Blocks.For(size, 16, _options, (_, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                for (var column = 0; column <= row; column++) projected[row * size + column] = projected[column * size + row] = TensorPrimitives.Dot<double>(_basis[column], _products[row]);
            }
        });
        if (_closed && Trace(_matrix, _size) - Trace(projected, size) > Rest * Trace(_matrix, _size)) return null;
        var (values, inside) = LeadingEigen.Dense(projected, size, count, _options);
        var vectors = Array.ConvertAll(inside, weights => Combine(_basis, weights));
        var close = true;
        for (var at = 0; at < count && close; at++)
        {
            var rest = Combine(_products, inside[at]);
            TensorPrimitives.MultiplyAdd(vectors[at], -values[at], rest, rest);
            close = TensorPrimitives.Norm<double>(rest) <= Residual * Math.Abs(values[0]);
        }
        return close ? (values, vectors) : null;
    }

    private static double Trace(double[] matrix, int size)
    {
        double trace = 0;
        for (var row = 0; row < size; row++) trace += matrix[row * size + row];
        return trace;
    }

    private double[] Combine(List<double[]> directions, double[] weights)
    {
        var sum = new double[_size];
        for (var at = 0; at < weights.Length; at++) TensorPrimitives.MultiplyAdd(directions[at], weights[at], sum, sum);
        return sum;
    }
}
