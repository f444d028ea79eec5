using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Makes vectors orthonormal, one after the other.</summary>
internal static class Orthonormal
{
    // What is left of a vector without its part along the others, below which it is rounding.
    private const double Dependent = 1e-9;

    /// <summary>Gram and Schmidt, twice each. A vector that is as short as <paramref name="nothing"/>, or depends on those before, is replaced by a unit vector at right angles to all.</summary>
    public static void Make(double[][] vectors, double nothing)
    {
        var axis = 0;
        for (var at = 0; at < vectors.Length; at++)
        {
            var vector = vectors[at];
            var before = vectors.AsSpan(0, at);
            var whole = TensorPrimitives.Norm<double>(vector);
            var rest = whole > nothing ? TakeOff(vector, before) : 0;
            // Some axis keeps a part outside any space that is not the whole one.
            while (!(rest > Dependent * whole) || rest == 0)
            {
                Array.Clear(vector);
                vector[axis++ % vector.Length] = whole = 1;
                rest = TakeOff(vector, before);
                // An axis that lies nearly in the space would give an inaccurate direction while others are left.
                if (rest < 0.5 / Math.Sqrt(vector.Length)) rest = 0;
            }
            TensorPrimitives.Divide(vector, rest, vector);
        }
    }

    private static double TakeOff(double[] vector, ReadOnlySpan<double[]> directions)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var direction in directions) TensorPrimitives.MultiplyAdd(direction, -TensorPrimitives.Dot<double>(vector, direction), vector, vector);
        }
        return TensorPrimitives.Norm<double>(vector);
    }
}
