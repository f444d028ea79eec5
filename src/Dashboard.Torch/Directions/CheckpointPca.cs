using System.Numerics.Tensors;
using Dashboard.Analysis;

namespace Dashboard.Torch;

/// <summary>Principal components of a series of checkpoints, by their Gram matrix: O(T²n) for T checkpoints of n parameters.</summary>
public static class CheckpointPca
{
    // Checkpoints beyond this are read again when they are wanted: a path of a hundred large models does not fit into memory.
    private const long MostHeldBytes = 1L << 30;

    // The eigenvalue solver takes O(T³).
    private const int MostCheckpoints = 1000;

    // Below this share of the first component's variance the second is rounding.
    private const double Negligible = 1e-12;

    /// <summary>Components of the centred checkpoints, taken relative to the last one, where the plane has its origin.</summary>
    /// <param name="count">How many checkpoints there are.</param>
    /// <param name="read">Gives the parameters of checkpoint 0 … count − 1; asked more than once where they do not all fit into memory.</param>
    /// <param name="plane">Two components rather than one.</param>
    /// <param name="cancellation">Stops it between two checkpoints.</param>
    /// <exception cref="TorchInputException">Too few checkpoints, or such as do not differ enough to span what is asked for.</exception>
    public static PcaPath Compute(int count, Func<int, double[]> read, bool plane = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        var least = plane ? 3 : 2;
        if (count < least) throw new TorchInputException($"{least} checkpoints at the least are needed, and there are {count}.");
        if (count > MostCheckpoints) throw new TorchInputException($"{MostCheckpoints} checkpoints at the most can be taken together, and there are {count}: take every second.");
        var last = read(count - 1);
        var held = new double[]?[count];
        var heldCount = (int)Math.Min(count, MostHeldBytes / (8L * Math.Max(1, last.Length)));
        double[] Difference(int index)
        {
            cancellation.ThrowIfCancellationRequested();
            if (held[index] is { } known) return known;
            var difference = (double[])read(index).Clone();
            if (difference.Length != last.Length) throw new TorchInputException($"Checkpoint {index + 1} has {difference.Length} parameters where the last has {last.Length}.");
            TensorPrimitives.Subtract(difference, last, difference);
            if (index < heldCount) held[index] = difference;
            return difference;
        }

        var gram = CentredGram(count, Difference);
        var (values, vectors) = SymmetricEigen.Dense(gram);
        var total = values.Sum(value => Math.Max(0, value));
        // SymmetricEigen gives rising eigenvalues.
        if (!(values[^1] > 0)) throw new TorchInputException("The checkpoints do not differ from each other.");
        if (plane && !(values[^2] > Negligible * values[^1])) throw new TorchInputException("The checkpoints lie on one line: they have one direction, not two.");

        var x = Component(vectors, count - 1, Difference, last.Length);
        var y = plane ? Component(vectors, count - 2, Difference, last.Length) : null;
        if (y is not null)
        {
            Directions.Orthogonalise(y, x);
            TensorPrimitives.Divide(y, TensorPrimitives.Norm<double>(y), y);
        }
        var projection = new PathProjection(new double[last.Length], x, y);
        var path = new PathPoint[count];
        var residuals = new double[count];
        for (var i = 0; i < count; i++) (path[i], residuals[i]) = projection.Project(Difference(i));
        return new PcaPath(x, y, [.. values.Reverse().Select(value => Math.Max(0, value) / total)], path, residuals);
    }

    private static double[,] CentredGram(int count, Func<int, double[]> difference)
    {
        var gram = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            var row = difference(i);
            for (var j = 0; j <= i; j++) gram[i, j] = gram[j, i] = TensorPrimitives.Dot<double>(row, difference(j));
        }
        return GramMatrix.Centre(gram);
    }

    /// <summary>The checkpoints put together as an eigenvector of the Gram matrix says, with its largest entry positive, so that the sign does not depend on rounding.</summary>
    private static double[] Component(double[,] vectors, int column, Func<int, double[]> difference, int length)
    {
        var count = vectors.GetLength(0);
        var weights = Enumerable.Range(0, count).Select(row => vectors[row, column]).ToArray();
        if (weights.MaxBy(Math.Abs) < 0) TensorPrimitives.Negate(weights, weights);
        // Subtracting the mean checkpoint is subtracting the mean of the weights; an eigenvector of a centred matrix has none, but for rounding.
        var mean = weights.Average();
        var component = new double[length];
        for (var i = 0; i < count; i++) TensorPrimitives.MultiplyAdd(difference(i), weights[i] - mean, component, component);
        TensorPrimitives.Divide(component, TensorPrimitives.Norm<double>(component), component);
        return component;
    }
}
