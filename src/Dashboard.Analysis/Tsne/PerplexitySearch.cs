using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Finds how fast a vector's affinities must fall with the distance for their entropy to be the perplexity's logarithm.</summary>
internal sealed class PerplexitySearch(double perplexity, int count)
{
    /// <summary>How near the entropy has to come, in nats.</summary>
    public const double Tolerance = 1e-5;

    // Newton's steps arrive in five or six; where distances tie, no scale may lead there, and halving has settled by then.
    private const int MostSteps = 64;

    private readonly double _wanted = Math.Log(perplexity);
    private readonly float[] _squares = new float[count];
    private readonly float[] _weights = new float[count];

    /// <summary>Writes p(j|i) of one vector, which sum to one.</summary>
    public void Find(ReadOnlySpan<float> distances, Span<float> affinities)
    {
        // From the nearest one's: a common factor of all affinities cancels. Over the mean: the scale to find is then about one.
        double mean = 0, nearest = (double)distances[0] * distances[0];
        foreach (var distance in distances) mean += ((double)distance * distance - nearest) / distances.Length;
        if (!(mean > 0) || !double.IsFinite(mean))
        {
            affinities.Fill(1f / distances.Length);
            return;
        }
        for (var at = 0; at < distances.Length; at++) _squares[at] = (float)(((double)distances[at] * distances[at] - nearest) / mean);
        // In the logarithm of the scale, between limits that close in.
        double low = -60, high = 60, logarithm = 0;
        for (var step = 0; step < MostSteps; step++)
        {
            var scale = Math.Exp(logarithm);
            TensorPrimitives.Multiply(_squares, (float)-scale, _weights);
            TensorPrimitives.Exp<float>(_weights, _weights);
            // Sums of tens of numbers, of which the first is one: float32 keeps seven digits of them.
            double sum = TensorPrimitives.Sum<float>(_weights), first = TensorPrimitives.Dot<float>(_weights, _squares) / sum, second = Second() / sum;
            var entropy = Math.Log(sum) + scale * first;
            var excess = entropy - _wanted;
            if (Math.Abs(excess) < Tolerance / 4) break;
            if (excess > 0) low = logarithm;
            else high = logarithm;
            // dH/d log β = −β² Var(d²).
            var next = logarithm + excess / (scale * scale * (second - first * first));
            logarithm = next > low && next < high ? next : (low + high) / 2;
        }
        TensorPrimitives.Divide<float>(_weights, TensorPrimitives.Sum<float>(_weights), affinities);
    }

    private double Second()
    {
        double sum = 0;
        for (var at = 0; at < count; at++) sum += (double)_weights[at] * _squares[at] * _squares[at];
        return sum;
    }
}
