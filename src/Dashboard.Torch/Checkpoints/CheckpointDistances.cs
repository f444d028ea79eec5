using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>What checkpoints are to each other.</summary>
/// <param name="Gram">T × T inner products of the checkpoints less their mean.</param>
/// <param name="Norms">‖θ‖ of each.</param>
/// <param name="StepNorms">Distance of each from the next: T − 1.</param>
/// <param name="Displacement">Distance of the last from the first.</param>
public sealed record CheckpointDistances(double[,] Gram, double[] Norms, double[] StepNorms, double Displacement)
{
    // Of all rows of a block: a few of these fit into any engine.
    private const long BlockBytes = 128L << 20;

    /// <summary>Passes over the checkpoints once, in blocks of columns: O(T²·n) time, T × T numbers and one block of memory.</summary>
    /// <param name="set">The checkpoints.</param>
    /// <param name="threads">Threads at the most; the result does not depend on them.</param>
    /// <param name="progress">Hears the share that is done.</param>
    /// <param name="cancellation">Stops it between two blocks.</param>
    /// <exception cref="TorchInputException">A checkpoint has weights that are not finite.</exception>
    public static CheckpointDistances Measure(CheckpointSet set, int threads, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        var count = set.Count;
        var width = (int)Math.Min(set.Columns, Math.Max(1024, BlockBytes / sizeof(double) / count));
        var rows = new double[count][];
        for (var i = 0; i < count; i++) rows[i] = new double[width];
        var (gram, squares, steps) = (new double[count, count], new double[count], new double[count - 1]);
        var displacement = 0.0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        for (var first = 0L; first < set.Columns; first += width)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(width, set.Columns - first);
            for (var i = 0; i < count; i++)
            {
                set.Read(i, first, rows[i].AsSpan(0, length));
                squares[i] += TensorPrimitives.SumOfSquares<double>(rows[i].AsSpan(0, length));
                if (!double.IsFinite(squares[i])) throw new TorchInputException($"The checkpoint '{set.NameOf(i)}' has weights that are not finite: leave it out.");
            }
            for (var i = 0; i + 1 < count; i++) steps[i] += Square(TensorPrimitives.Distance<double>(rows[i].AsSpan(0, length), rows[i + 1].AsSpan(0, length)));
            displacement += Square(TensorPrimitives.Distance<double>(rows[0].AsSpan(0, length), rows[count - 1].AsSpan(0, length)));
            // Products of differences: those of the weights themselves would lose what little a path moves.
            var last = rows[count - 1].AsSpan(0, length).ToArray();
            foreach (var row in rows) TensorPrimitives.Subtract(row.AsSpan(0, length), last, row.AsSpan(0, length));
            Parallel.For(0, count, parallel, i =>
            {
                for (var j = 0; j <= i; j++) gram[i, j] += TensorPrimitives.Dot<double>(rows[i].AsSpan(0, length), rows[j].AsSpan(0, length));
            });
            progress?.Invoke((first + length) / (double)set.Columns);
        }
        return new CheckpointDistances(Centred(gram), Array.ConvertAll(squares, Math.Sqrt), Array.ConvertAll(steps, Math.Sqrt), Math.Sqrt(displacement));
    }

    private static double Square(double value) => value * value;

    private static double[,] Centred(double[,] gram)
    {
        var count = gram.GetLength(0);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++) gram[j, i] = gram[i, j];
        }
        return GramMatrix.Centre(gram);
    }
}
