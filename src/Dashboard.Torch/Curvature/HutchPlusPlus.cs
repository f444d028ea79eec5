using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>The trace by Hutch++ [Meyer, Musco, Musco and Woodruff 2021]: exact on a sketched subspace, sampled with random signs on the rest.</summary>
public static class HutchPlusPlus
{
    /// <summary>Estimates the trace.</summary>
    /// <param name="symmetric">The operator.</param>
    /// <param name="products">Products to spend: a third each for the sketch, its trace, and the rest.</param>
    /// <param name="seed">Chooses the signs.</param>
    /// <param name="progress">Hears the number of products done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static TraceEstimate Trace(ISymmetricOperator symmetric, int products = 60, ulong seed = 0, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        ArgumentOutOfRangeException.ThrowIfLessThan(products, 6);
        var size = symmetric.Size;
        var signs = new SeededNormal(seed, 3);
        var used = 0;
        double[] Multiply(double[] vector)
        {
            var product = new double[size];
            symmetric.Multiply(vector, product, cancellation);
            used++;
            progress?.Report(used);
            return product;
        }

        var basis = new List<double[]>();
        var vector = new double[size];
        for (var i = 0; i < Math.Min(products / 3, size); i++)
        {
            signs.FillSigns(vector);
            var image = Multiply(vector);
            var before = TensorPrimitives.Norm<double>(image);
            Remove(basis, image);
            var norm = TensorPrimitives.Norm<double>(image);
            // What is left of a dependent image is rounding.
            if (!(norm > 1e-9 * before)) continue;
            TensorPrimitives.Divide(image, norm, image);
            basis.Add(image);
        }

        var exact = basis.Sum(direction => TensorPrimitives.Dot<double>(direction, Multiply(direction)));
        if (basis.Count == size) return new TraceEstimate(exact, 0, used);

        var samples = new double[products - 2 * (products / 3)];
        for (var i = 0; i < samples.Length; i++)
        {
            signs.FillSigns(vector);
            Remove(basis, vector);
            samples[i] = TensorPrimitives.Dot<double>(vector, Multiply(vector));
        }
        var mean = samples.Average();
        var variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1);
        return new TraceEstimate(exact + mean, Math.Sqrt(variance / samples.Length), used);
    }

    private static void Remove(List<double[]> basis, double[] vector)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var direction in basis) TensorPrimitives.MultiplyAdd(direction, -TensorPrimitives.Dot<double>(direction, vector), vector, vector);
        }
    }
}
