using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>Directions through weight space. Definitions: Li et al. 2018, arXiv 1712.09913.</summary>
public static class Directions
{
    // Keeps a filter of zeros from dividing by zero; from the same paper's code.
    private const double Smallest = 1e-10;

    /// <summary>A random direction, scaled to the weights it starts from.</summary>
    /// <param name="model">Gives the shapes.</param>
    /// <param name="weights">The point it starts from.</param>
    /// <param name="options">How it is drawn.</param>
    /// <exception cref="TorchInputException">Every parameter has at most one dimension, so that nothing would move.</exception>
    public static double[] Random(ITorchModel model, TorchWeights weights, RandomDirection options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.ScaleVectors && model.Parameters.All(parameter => parameter.Shape.Count < 2))
            throw new TorchInputException("All parameters of the module have at most one dimension, and a random direction leaves such as they are. Have them scaled like the rest, or give directions.");
        var direction = new double[model.ParameterCount];
        var normal = new SeededNormal(options.Seed, options.Axis);
        foreach (var parameter in model.Parameters)
        {
            var part = direction.AsSpan(parameter.Offset, parameter.Count);
            // Drawn all the same, so that the others' numbers do not depend on the choice.
            normal.Fill(part);
            if (parameter.Shape.Count < 2 && !options.ScaleVectors) part.Clear();
            else Scale(part, weights.Parameters.AsSpan(parameter.Offset, parameter.Count), parameter, options.Scale);
        }
        return direction;
    }

    /// <summary>Takes the part along <paramref name="against"/> out of <paramref name="direction"/>.</summary>
    /// <exception cref="TorchInputException">Nothing is left: the two are parallel.</exception>
    public static void Orthogonalise(double[] direction, double[] against)
    {
        var before = TensorPrimitives.Norm<double>(direction);
        // Twice: what rounding leaves of the first pass is gone after the second.
        for (var pass = 0; pass < 2; pass++)
        {
            var factor = TensorPrimitives.Dot<double>(direction, against) / TensorPrimitives.SumOfSquares<double>(against);
            TensorPrimitives.MultiplyAdd(against, -factor, direction, direction);
        }
        if (!(TensorPrimitives.Norm<double>(direction) > 1e-10 * before)) throw new TorchInputException("The two directions are parallel: there is no plane between them.");
    }

    /// <summary>The line from one point to another, buffers included: a = 0 is the first, a = 1 the second, both exactly.</summary>
    /// <param name="from">Weights at 0.</param>
    /// <param name="to">Weights at 1.</param>
    /// <param name="y">A second direction; null for a line.</param>
    public static WeightPlane Between(TorchWeights from, TorchWeights to, double[]? y = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new WeightPlane(from, to.Parameters, y, Interpolate: true, to.Buffers);
    }

    private static void Scale(Span<double> direction, ReadOnlySpan<double> weights, TorchParameter parameter, DirectionScale scale)
    {
        if (scale == DirectionScale.None || direction.IsEmpty) return;
        var slices = scale == DirectionScale.Filter && parameter.Shape.Count > 0 ? (int)parameter.Shape[0] : 1;
        var length = direction.Length / slices;
        for (var slice = 0; slice < slices; slice++)
        {
            var part = direction.Slice(slice * length, length);
            var factor = TensorPrimitives.Norm(weights.Slice(slice * length, length)) / (TensorPrimitives.Norm<double>(part) + Smallest);
            TensorPrimitives.Multiply(part, factor, part);
        }
    }
}
