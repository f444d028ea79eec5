using Dashboard.Analysis;

namespace Dashboard.Torch;

/// <summary>Principal directions of checkpoints, from their inner products.</summary>
/// <param name="Scores">T × (T − 1): each checkpoint along each direction, around their mean. The largest score of a direction, by magnitude, is positive (scikit-learn's convention). Distances between rows are those between the weights.</param>
/// <param name="ExplainedVariance">Share of the variance along each direction, falling, summing to 1: T − 1.</param>
public sealed record WeightPca(double[][] Scores, double[] ExplainedVariance)
{
    /// <summary>Finds them.</summary>
    /// <param name="gram">T × T inner products of the checkpoints less their mean; T is 2 or more.</param>
    /// <exception cref="TorchInputException">The checkpoints do not differ.</exception>
    public static WeightPca Of(double[,] gram)
    {
        ArgumentNullException.ThrowIfNull(gram);
        var count = gram.GetLength(0);
        // Rising eigenvalues; the smallest is that of the mean, and zero.
        var (values, vectors) = SymmetricEigen.Dense(gram);
        var total = values.Sum(value => Math.Max(0, value));
        if (!(total > 0)) throw new TorchInputException("The checkpoints do not differ from each other.");
        var scores = new double[count][];
        for (var i = 0; i < count; i++) scores[i] = new double[count - 1];
        var explained = new double[count - 1];
        for (var k = 0; k < count - 1; k++)
        {
            var column = count - 1 - k;
            var value = Math.Max(0, values[column]);
            explained[k] = value / total;
            var largest = 0.0;
            for (var i = 0; i < count; i++) largest = Math.Abs(vectors[i, column]) > Math.Abs(largest) ? vectors[i, column] : largest;
            var length = Math.Sqrt(value) * (largest < 0 ? -1 : 1);
            for (var i = 0; i < count; i++) scores[i][k] = vectors[i, column] * length;
        }
        return new WeightPca(scores, explained);
    }
}
