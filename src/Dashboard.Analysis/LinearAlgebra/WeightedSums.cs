namespace Dashboard.Analysis;

/// <summary>Sums of rows under several sets of weights, YᵀX: float32 products over some hundred rows, added up in float64 block after block.</summary>
internal static class WeightedSums
{
    private const int MostRows = 512;
    private const int BlockNumbers = 1 << 22;
    private const int TilePanels = 8;
    private const int TileColumns = TilePanels * TileKernel.Right;

    /// <summary>Rows that are in memory at once.</summary>
    public static int BlockRows(int columns) => Math.Clamp(BlockNumbers / columns, TileKernel.Right, MostRows);

    /// <summary>Sums the rows.</summary>
    /// <param name="rows">What is summed.</param>
    /// <param name="count">Sets of weights.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="advance">Hears of the rows.</param>
    /// <param name="weigh">Gives weights, rows × <paramref name="count"/>, of a block of rows: its first row, the rows themselves, where to put the weights.</param>
    public static double[][] Of(IVectorRows rows, int count, ComputeOptions options, Advance advance, Action<int, VectorTable, float[]> weigh)
    {
        var columns = rows.Columns;
        var size = Math.Min(rows.Rows, BlockRows(columns));
        var sums = new double[count][];
        for (var at = 0; at < count; at++) sums[at] = new double[columns];
        var (values, weights) = (new float[size * columns], new float[size * count]);
        var left = new Panels(TileKernel.Left, count, size);
        var right = new Panels(TileKernel.Right, columns, size);
        var pool = new FloatPool(left.PaddedRows(count) * TileColumns);
        for (var first = 0; first < rows.Rows; first += size)
        {
            var have = Math.Min(size, rows.Rows - first);
            if (have < size) values = new float[have * columns];
            Blocks.For(have, 64, options, (_, from, to) => rows.Read(first + from, values.AsSpan(from * columns, (to - from) * columns)));
            weigh(first, new VectorTable(have, columns, values), weights);
            left.Start(count, have);
            right.Start(columns, have);
            for (var panel = 0; panel < left.Count; panel++) left.PackColumns(weights, count, panel);
            Blocks.For(right.Count, TilePanels, options, (_, from, to) => AddTile(left, right, from, to, pool, values, columns, sums));
            advance.Step(have);
        }
        return sums;
    }

    private static unsafe void AddTile(Panels left, Panels right, int from, int to, FloatPool pool, float[] values, int columns, double[][] sums)
    {
        for (var panel = from; panel < to; panel++) right.PackColumns(values, columns, panel);
        var tile = pool.Take();
        Panels.Multiply(left, 0, left.Count, right, from, to, tile.Pointer, TileColumns);
        var (first, end) = (from * TileKernel.Right, Math.Min(columns, to * TileKernel.Right));
        for (var at = 0; at < sums.Length; at++)
            WideSums.Add(new ReadOnlySpan<float>(tile.Pointer + at * TileColumns, end - first), sums[at].AsSpan(first, end - first));
        pool.Return(tile);
    }
}
