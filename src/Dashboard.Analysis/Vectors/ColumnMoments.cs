namespace Dashboard.Analysis;

/// <summary>Mean and spread of each column, in float64, from one pass over the rows. Chunks are centred on their own means and then joined [Chan, Golub and LeVeque 1983],
/// so that a large mean does not swallow a small spread.</summary>
internal sealed class ColumnMoments
{
    // Partial results are kept by block: few enough for wide rows, many enough for all threads.
    private const int MostBlocks = 64;

    private ColumnMoments(int columns) => (Mean, Squares) = (new double[columns], new double[columns]);

    /// <summary>Rows seen.</summary>
    public long Count { get; private set; }

    /// <summary>Of each column.</summary>
    public double[] Mean { get; }

    /// <summary>Sum of squared distances from the mean, of each column.</summary>
    public double[] Squares { get; }

    private VectorException? Fault { get; init; }

    /// <summary>Reads all rows once.</summary>
    /// <exception cref="VectorException">There are none, or a number is not finite.</exception>
    public static ColumnMoments Of(IVectorRows rows, ComputeOptions options, double from = 0, double to = 1)
    {
        VectorCheck.NotEmpty(rows);
        var size = Math.Max(256, Blocks.Count(rows.Rows, MostBlocks));
        var parts = new ColumnMoments[Blocks.Count(rows.Rows, size)];
        var advance = new Advance(options, from, to, rows.Rows);
        Blocks.For(rows.Rows, size, options, (block, first, end) => parts[block] = OfBlock(rows, first, end, advance, options.Cancellation));
        var all = new ColumnMoments(rows.Columns);
        if (Array.Find(parts, part => part.Fault is not null) is { } faulty) throw faulty.Fault!;
        foreach (var part in parts) all.Join(part.Count, part.Mean, part.Squares);
        return all;
    }

    private static ColumnMoments OfBlock(IVectorRows rows, int from, int to, Advance advance, CancellationToken cancellation)
    {
        var columns = rows.Columns;
        var all = new ColumnMoments(columns);
        var (mean, squares) = (new double[columns], new double[columns]);
        var buffer = new RowBuffer(rows);
        var chunk = RowBuffer.Chunk(columns);
        for (var first = from; first < to; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(chunk, to - first);
            var values = buffer.Read(first, count);
            Array.Clear(mean);
            Array.Clear(squares);
            for (var row = 0; row < count; row++) WideSums.Add(values.Slice(row * columns, columns), mean);
            for (var column = 0; column < columns; column++)
            {
                // Finite float32 numbers cannot add up to more than a double holds. The first fault of the first block is told, whoever comes first.
                if (!double.IsFinite(mean[column])) return new ColumnMoments(0) { Fault = Find(values, columns, first) };
                mean[column] /= count;
            }
            for (var row = 0; row < count; row++) WideSums.AddSquares(values.Slice(row * columns, columns), mean, squares);
            all.Join(count, mean, squares);
            advance.Step(count);
        }
        return all;
    }

    private static VectorException Find(ReadOnlySpan<float> values, int columns, int first)
    {
        var at = 0;
        while (float.IsFinite(values[at])) at++;
        return VectorCheck.NotFinite(first + at / columns, at % columns, values[at]);
    }

    private void Join(long count, ReadOnlySpan<double> mean, ReadOnlySpan<double> squares)
    {
        if (count == 0) return;
        var total = Count + count;
        var share = (double)count / total;
        for (var column = 0; column < mean.Length; column++)
        {
            var apart = mean[column] - Mean[column];
            Mean[column] += apart * share;
            Squares[column] += squares[column] + apart * apart * Count * share;
        }
        Count = total;
    }
}
