using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Principal directions by each solver, and coordinates along them.</summary>
internal static class PcaDirections
{
    // Directions beyond those asked for, and powers: what scikit-learn takes for few components.
    private const int Oversampling = 10;
    private const int Powers = 7;

    // Below this share of the largest singular value float32 data holds no direction, and any at right angles will do.
    private const double Nothing = 1e-6;

    public static long RandomizedBytes(int columns, int components)
    {
        long wide = Math.Min(columns, components + Oversampling);
        return wide * columns * (2 * sizeof(double) + 2 * sizeof(float)) + 3 * sizeof(float) * (long)WeightedSums.BlockRows(columns) * columns;
    }

    /// <summary>Directions, components × columns, and the sum of squares along each, falling.</summary>
    public static (float[] Components, double[] Squares) Find(CentredRows rows, ColumnMoments moments, int components, PcaSolver solver, ulong seed, ComputeOptions options) => solver switch
    {
        PcaSolver.Covariance => ByColumns(rows, moments, components, options),
        PcaSolver.Gram => ByRows(rows, components, options),
        _ => Randomized(rows, components, seed, options),
    };

    /// <summary>Coordinates of rows less a mean along directions.</summary>
    public static VectorTable Project(IVectorRows rows, double[] mean, float[] directions, int components, ComputeOptions options)
    {
        var centred = new CentredRows(rows, Array.ConvertAll(mean, value => (float)value));
        var result = new VectorTable(rows.Rows, components);
        new DirectionProducts(directions, components, rows.Columns).Fill(centred, 0, rows.Rows, result.Values, 0, options, new Advance(options, 0.85, 1, rows.Rows));
        return result;
    }

    private static (float[] Components, double[] Squares) ByColumns(CentredRows rows, ColumnMoments moments, int components, ComputeOptions options)
    {
        var size = rows.Columns;
        var scatter = ScatterMatrix.OfColumns(rows, options, new Advance(options, 0.1, 0.75, rows.Rows));
        // The centre was rounded to float32: what that leaves of the mean is taken off here.
        var left = Array.ConvertAll(moments.Mean, mean => mean - (float)mean);
        for (var row = 0; row < size; row++) TensorPrimitives.MultiplyAdd(left, -rows.Rows * left[row], scatter.AsSpan(row * size, size), scatter.AsSpan(row * size, size));
        var (values, vectors) = LeadingEigen.Of(scatter, size, components, options);
        options.Progress?.Report(0.85);
        return (Rounded(vectors, size), values);
    }

    private static (float[] Components, double[] Squares) ByRows(CentredRows rows, int components, ComputeOptions options)
    {
        var gram = ScatterMatrix.OfRows(rows, options, new Advance(options, 0.1, 0.6, ScatterMatrix.RowSteps(rows.Rows, rows.Columns)));
        var (values, vectors) = LeadingEigen.Of(gram, rows.Rows, components, options);
        options.Progress?.Report(0.7);
        var sums = WeightedSums.Of(rows, components, options, new Advance(options, 0.7, 0.85, rows.Rows), (first, block, weights) =>
        {
            for (var row = 0; row < block.Rows; row++)
            {
                for (var component = 0; component < components; component++) weights[row * components + component] = (float)vectors[component][first + row];
            }
        });
        Orthonormal.Make(sums, Nothing * Math.Sqrt(Math.Max(0, values[0])));
        return (Rounded(sums, rows.Columns), values);
    }

    private static (float[] Components, double[] Squares) Randomized(CentredRows rows, int components, ulong seed, ComputeOptions options)
    {
        var (columns, wide) = (rows.Columns, Math.Min(Math.Min(rows.Rows, rows.Columns), components + Oversampling));
        var directions = new double[wide][];
        for (var at = 0; at < wide; at++) directions[at] = Normal(columns, seed, at);
        Orthonormal.Make(directions, 0);
        var scatter = new double[wide * wide];
        for (var power = 0; power <= Powers; power++)
        {
            var part = 0.1 + 0.75 * power / (Powers + 1);
            var advance = new Advance(options, part, part + 0.75 / (Powers + 1), rows.Rows);
            var products = new DirectionProducts(Rounded(directions, columns), wide, columns);
            var sums = WeightedSums.Of(rows, wide, options, advance, (_, block, weights) => products.Fill(block, 0, block.Rows, weights, 0, options));
            // Qᵀ(XᵀX)Q: its eigenvectors turn the directions into the best that their span holds.
            for (var i = 0; i < wide; i++)
            {
                for (var j = 0; j < wide; j++) scatter[i * wide + j] = TensorPrimitives.Dot<double>(directions[i], sums[j]);
            }
            if (power == Powers) break;
            Orthonormal.Make(sums, 0);
            directions = sums;
        }
        for (var i = 0; i < wide; i++)
        {
            for (var j = 0; j < i; j++) scatter[i * wide + j] = scatter[j * wide + i] = (scatter[i * wide + j] + scatter[j * wide + i]) / 2;
        }
        var (values, inside) = LeadingEigen.Dense(scatter, wide, components, options);
        var turned = Array.ConvertAll(inside, weights =>
        {
            var sum = new double[columns];
            for (var at = 0; at < wide; at++) TensorPrimitives.MultiplyAdd(directions[at], weights[at], sum, sum);
            return sum;
        });
        return (Rounded(turned, columns), values);
    }

    private static float[] Rounded(double[][] vectors, int columns)
    {
        var rounded = new float[vectors.Length * columns];
        for (var at = 0; at < vectors.Length; at++) TensorPrimitives.ConvertTruncating<double, float>(vectors[at], rounded.AsSpan(at * columns, columns));
        return rounded;
    }

    private static double[] Normal(int columns, ulong seed, int at)
    {
        var random = new SeededRandom(seed, at);
        var vector = new double[columns];
        for (var column = 0; column < columns; column++)
        {
            // Box and Muller; the first number is above 0.
            var radius = Math.Sqrt(-2 * Math.Log(((random.Next() >> 11) + 1) * (1.0 / (1L << 53))));
            vector[column] = radius * Math.Cos(2 * Math.PI * (random.Next() >> 11) * (1.0 / (1L << 53)));
        }
        return vector;
    }
}
