using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>A uniform box or a normal distribution around weights, with a scale for each tensor.</summary>
public sealed class AroundSampler : IWeightSampler
{
    private readonly IReadOnlyList<TorchParameter> _parameters;
    private readonly double[] _scales;
    private readonly bool _uniform;
    private readonly ulong _seed;

    /// <summary>Prepares it.</summary>
    /// <param name="model">Gives the shapes.</param>
    /// <param name="center">Weights in the middle.</param>
    /// <param name="scale">Half the side of the box, or the standard deviation.</param>
    /// <param name="perTensor">Takes the scale in units of each tensor's root mean square; for a tensor of zeros, of that of all weights.</param>
    /// <param name="uniform">A box, not a normal distribution.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <exception cref="TorchInputException">All weights are zero, so that there is no unit.</exception>
    public AroundSampler(ITorchModel model, double[] center, double scale, bool perTensor, bool uniform, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(center);
        (Center, _parameters, _uniform, _seed) = (center, model.Parameters, uniform, seed);
        var all = RootMeanSquare(center);
        if (perTensor && !(all > 0)) throw new TorchInputException("All weights are zero, so that they give the scale no unit: take the scaling 'absolute'.");
        _scales = [.. _parameters.Select(parameter => perTensor ? scale * Unit(center.AsSpan(parameter.Offset, parameter.Count), all) : scale)];
    }

    /// <inheritdoc/>
    public double[] Center { get; }

    /// <inheritdoc/>
    public void Draw(int number, Span<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Center.Length);
        var random = new SeededNormal(_seed, number);
        for (var i = 0; i < _parameters.Count; i++)
        {
            var end = _parameters[i].Offset + _parameters[i].Count;
            for (var at = _parameters[i].Offset; at < end; at++) weights[at] = Center[at] + _scales[i] * (_uniform ? 2 * random.Uniform() - 1 : random.Next());
        }
    }

    private static double Unit(ReadOnlySpan<double> tensor, double all) => RootMeanSquare(tensor) is > 0 and var own ? own : all;

    private static double RootMeanSquare(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : TensorPrimitives.Norm(values) / Math.Sqrt(values.Length);
}
