using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>
/// The eigenvectors of a connected graph's normalised Laplacian I − D^(−½)WD^(−½) with the smallest eigenvalues above 0, by subspace iteration
/// that a Chebyshev polynomial filters [Zhou et al. 2006]: eight columns pass over the graph at once, which costs hardly more than one.
/// </summary>
internal sealed class GraphEigenvectors
{
    /// <summary>Columns that are iterated.</summary>
    public const int Width = 8;

    private const int Block = 1024;
    private const int MostRounds = 40;
    // A start needs the right shape, not many digits.
    private const double Residual = 1e-4;
    // What the filter may enlarge by without leaving a float's digits to the largest column alone.
    private const double MostGrowth = 1e5;
    private const int MostDegree = 40;

    private readonly FuzzyGraph _graph;
    private readonly ComputeOptions _options;
    private readonly float[] _inverseRoots;
    private readonly float[] _still;
    private readonly double[] _partial;
    private readonly int _rows;

    private GraphEigenvectors(FuzzyGraph graph, ComputeOptions options)
    {
        (_graph, _options, _rows) = (graph, options, graph.Rows);
        _inverseRoots = new float[_rows];
        _still = new float[_rows];
        _partial = new double[Blocks.Count(_rows, Block) * Width];
        double all = 0;
        for (var row = 0; row < _rows; row++)
        {
            double degree = 0;
            for (var at = graph.Starts[row]; at < graph.Starts[row + 1]; at++) degree += graph.Weights[at];
            _inverseRoots[row] = (float)(1 / Math.Sqrt(degree));
            _still[row] = (float)Math.Sqrt(degree);
            all += degree;
        }
        // The eigenvector of eigenvalue 0, of length 1.
        for (var row = 0; row < _rows; row++) _still[row] /= (float)Math.Sqrt(all);
    }

    /// <summary>Finds them.</summary>
    /// <param name="graph">Connected, of more than <see cref="Width"/> + 1 rows.</param>
    /// <param name="count">Eigenvectors, <see cref="Width"/> − 2 at the most.</param>
    /// <param name="seed">Of the columns that are begun with.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>rows × count numbers, in each column the largest by size positive; null where they are not finite.</returns>
    public static float[]? Find(FuzzyGraph graph, int count, ulong seed, ComputeOptions options) => new GraphEigenvectors(graph, options).Find(count, seed);

    private float[]? Find(int count, ulong seed)
    {
        var x = new float[_rows * Width];
        Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (block, first, end) =>
        {
            var random = new SeededRandom(seed, block);
            for (var at = first * Width; at < end * Width; at++) x[at] = (float)(2 * random.NextShare() - 1);
        });
        var (y, z) = (new float[x.Length], new float[x.Length]);
        var (bound, largest) = (0.5, 1.0);
        for (var round = 0; round < MostRounds; round++)
        {
            Filter(ref x, ref y, ref z, bound, Degree(bound, largest));
            Orthonormalise(x);
            Multiply(x, y, null, 1, 0, 0);
            var values = RayleighRitz(x, y);
            if (!double.IsFinite(values[0])) return null;
            var left = Residuals(x, y, values);
            if (left[..count].All(residual => residual < Residual)) break;
            (bound, largest) = (Math.Min(values[Width - 1], 0.9999), values[0]);
        }
        return Columns(x, count);
    }

    private static int Degree(double bound, double largest)
    {
        var beyond = 1 + 2 * Math.Max(largest - bound, 1e-6) / (bound + 1);
        return Math.Clamp((int)(Math.Acosh(MostGrowth) / Math.Acosh(beyond)), 2, MostDegree);
    }

    // T_m of the matrix, with [−1, bound] mapped to [−1, 1], where T_m stays small.
    private void Filter(ref float[] x, ref float[] y, ref float[] z, double bound, int degree)
    {
        var (centre, half) = ((bound - 1) / 2, (bound + 1) / 2);
        Multiply(x, y, null, (float)(1 / half), (float)(-centre / half), 0);
        for (var at = 2; at <= degree; at++)
        {
            Multiply(y, z, x, (float)(2 / half), (float)(-2 * centre / half), -1);
            (x, y, z) = (y, z, x);
        }
        (x, y) = (y, x);
    }

    // to = scale·Mx + shift·x + keep·before, M = D^(−½)WD^(−½).
    private unsafe void Multiply(float[] from, float[] to, float[]? before, float scale, float shift, float keep) => Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, end) =>
    {
        var (starts, ends, weights, roots) = (_graph.Starts, _graph.Ends, _graph.Weights, _inverseRoots);
        fixed (float* source = from, target = to, old = before)
        {
            for (var row = first; row < end; row++)
            {
                var sum = Vector256<float>.Zero;
                for (var at = starts[row]; at < starts[row + 1]; at++)
                {
                    var other = ends[at];
                    sum = Vector256.FusedMultiplyAdd(Vector256.Create(weights[at] * roots[other]), Vector256.Load(source + (long)other * Width), sum);
                }
                var result = sum * (scale * roots[row]) + Vector256.Load(source + (long)row * Width) * shift;
                if (old is not null) result += Vector256.Load(old + (long)row * Width) * keep;
                result.Store(target + (long)row * Width);
            }
        }
    });

    // Gram and Schmidt column by column, each against all later ones; first of all the eigenvector of eigenvalue 0 is taken out. Twice: the first time digits are lost where columns have grown alike.
    private void Orthonormalise(float[] x)
    {
        for (var time = 0; time < 2; time++)
        {
            Subtract(x, -1, Dots(x, row => Vector256.Create(_still[row])));
            for (var column = 0; column < Width; column++)
            {
                var own = column;
                Subtract(x, column, Dots(x, row => Vector256.Create(x[row * Width + own])));
            }
        }
    }

    private void Subtract(float[] x, int column, double[] dots)
    {
        Span<float> factors = stackalloc float[Width];
        factors.Clear();
        var scale = column < 0 ? 1 : dots[column];
        for (var later = column + 1; later < Width; later++) factors[later] = (float)(dots[later] / scale);
        var factor = Vector256.Create<float>(factors);
        var length = column < 0 ? 1 : (float)(1 / Math.Sqrt(Math.Max(scale, double.Epsilon)));
        var lengths = Vector256.Create(1f).WithElement(Math.Max(column, 0), length);
        Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                var own = x.AsSpan(row * Width, Width);
                var values = Vector256.Create<float>(own);
                ((values - factor * (column < 0 ? _still[row] : own[column])) * lengths).CopyTo(own);
            }
        });
    }

    // Of a column, broadcast, with all columns.
    private double[] Dots(float[] x, Func<int, Vector256<float>> column)
    {
        Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (block, first, end) =>
        {
            var sum = Vector256<float>.Zero;
            for (var row = first; row < end; row++) sum += column(row) * Vector256.Create<float>(x.AsSpan(row * Width, Width));
            for (var at = 0; at < Width; at++) _partial[block * Width + at] = sum[at];
        });
        var dots = new double[Width];
        for (var at = 0; at < _partial.Length; at++) dots[at % Width] += _partial[at];
        return dots;
    }

    // Turns x, and y = Mx with it, so that xᵀMx is diagonal; its values, the largest first.
    private double[] RayleighRitz(float[] x, float[] y)
    {
        var projected = new double[Width, Width];
        for (var column = 0; column < Width; column++)
        {
            var own = column;
            var dots = Dots(y, row => Vector256.Create(x[row * Width + own]));
            for (var other = 0; other < Width; other++) projected[column, other] = dots[other];
        }
        for (var i = 0; i < Width; i++)
        {
            for (var j = 0; j < i; j++) projected[i, j] = projected[j, i] = (projected[i, j] + projected[j, i]) / 2;
        }
        if (!projected.Cast<double>().All(double.IsFinite)) return [double.NaN];
        var (values, vectors) = SymmetricEigen.Dense(projected);
        var turn = new Vector256<float>[Width];
        for (var row = 0; row < Width; row++)
        {
            var at = row;
            turn[row] = Vector256.Create<float>([.. Enumerable.Range(0, Width).Select(column => (float)vectors[at, Width - 1 - column])]);
        }
        Turn(x, turn);
        Turn(y, turn);
        Array.Reverse(values);
        return values;
    }

    private void Turn(float[] x, Vector256<float>[] turn) => Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (_, first, end) =>
    {
        for (var row = first; row < end; row++)
        {
            var own = x.AsSpan(row * Width, Width);
            var sum = Vector256<float>.Zero;
            for (var at = 0; at < Width; at++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(own[at]), turn[at], sum);
            sum.CopyTo(own);
        }
    });

    private double[] Residuals(float[] x, float[] y, double[] values)
    {
        var value = Vector256.Create<float>([.. values.Select(v => (float)v)]);
        Blocks.For(_rows, Block, _options, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (block, first, end) =>
        {
            var sum = Vector256<float>.Zero;
            for (var row = first; row < end; row++)
            {
                var left = Vector256.Create<float>(y.AsSpan(row * Width, Width)) - value * Vector256.Create<float>(x.AsSpan(row * Width, Width));
                sum += left * left;
            }
            for (var at = 0; at < Width; at++) _partial[block * Width + at] = sum[at];
        });
        var squares = new double[Width];
        for (var at = 0; at < _partial.Length; at++) squares[at % Width] += _partial[at];
        return [.. squares.Select(Math.Sqrt)];
    }

    private float[]? Columns(float[] x, int count)
    {
        var found = new float[_rows * count];
        for (var column = 0; column < count; column++)
        {
            var largest = 0f;
            for (var row = 0; row < _rows; row++)
            {
                if (Math.Abs(x[row * Width + column]) > Math.Abs(largest)) largest = x[row * Width + column];
            }
            if (!float.IsFinite(largest)) return null;
            for (var row = 0; row < _rows; row++) found[row * count + column] = largest < 0 ? -x[row * Width + column] : x[row * Width + column];
        }
        return found;
    }
}
