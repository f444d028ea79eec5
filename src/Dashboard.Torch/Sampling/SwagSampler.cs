using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>
/// The normal distribution of a path of checkpoints [Maddox et al. 2019, arXiv 1902.02476]: mean + √scale·(√var·z₁ + D·z₂/√(K−1)), with the variance of each weight over all checkpoints, and in D the deviations from the mean of the
/// last K. With the paper's scale of ½ the diagonal and the low-rank part make up half of the covariance each.
/// </summary>
public sealed class SwagSampler : IWeightSampler
{
    private readonly double[] _deviations;
    private readonly float[][] _columns;
    private readonly double _scale;
    private readonly ulong _seed;

    /// <summary>Reads the checkpoints twice: for the mean, and for what differs from it.</summary>
    /// <param name="count">Checkpoints, 3 at the least.</param>
    /// <param name="read">Gives the weights of checkpoint 0 … count − 1.</param>
    /// <param name="rank">K at the most; 2 at the least are taken.</param>
    /// <param name="scale">Factor of the covariance.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="cancellation">Stops it between two checkpoints.</param>
    /// <exception cref="TorchInputException">There are too few.</exception>
    public SwagSampler(int count, Func<int, double[]> read, int rank, double scale, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (count < 3) throw new TorchInputException($"3 checkpoints at the least are needed, and there are {count}.");
        (_scale, _seed) = (Math.Sqrt(scale), seed);
        var kept = Math.Clamp(rank, 2, count);
        var first = read(0);
        Center = new double[first.Length];
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TensorPrimitives.MultiplyAdd(i == 0 ? first : read(i), 1.0 / count, Center, Center);
        }
        _deviations = new double[first.Length];
        _columns = new float[kept][];
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var apart = (double[])read(i).Clone();
            TensorPrimitives.Subtract(apart, Center, apart);
            TensorPrimitives.MultiplyAdd(apart, apart, _deviations, _deviations);
            if (i >= count - kept) _columns[i - (count - kept)] = Array.ConvertAll(apart, value => (float)value);
        }
        for (var i = 0; i < _deviations.Length; i++) _deviations[i] = Math.Sqrt(_deviations[i] / count);
    }

    /// <inheritdoc/>
    public double[] Center { get; }

    /// <inheritdoc/>
    public void Draw(int number, Span<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, Center.Length);
        var random = new SeededNormal(_seed, number);
        for (var at = 0; at < weights.Length; at++) weights[at] = Center[at] + _scale * _deviations[at] * random.Next();
        foreach (var column in _columns)
        {
            var factor = _scale * random.Next() / Math.Sqrt(_columns.Length - 1);
            for (var at = 0; at < weights.Length; at++) weights[at] += factor * column[at];
        }
    }
}
