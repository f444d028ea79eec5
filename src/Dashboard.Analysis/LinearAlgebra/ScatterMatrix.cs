namespace Dashboard.Analysis;

/// <summary>Sums of products between all columns, or all rows, of a table: float32 products over some hundred terms, then added up in float64.</summary>
internal static class ScatterMatrix
{
    // Terms that are added in float32: their rounding stays some 1e-7 of the sum, by chance in either direction, and the kernel still runs at full speed.
    private const int Terms = 128;

    // Up to so many products float64 takes a moment, and leaves nothing to chance.
    private const long WideProducts = 1 << 28;

    // Rows at once: what they cost to read and pack is spread over all columns, what they hold is small beside the table.
    private const int ChunkRows = 1024;

    // A tile and its operands fit the second cache.
    private const int TileLeft = 10;
    private const int TileRight = 8;
    private const int TileRows = TileLeft * TileKernel.Left;
    private const int TileColumns = TileRight * TileKernel.Right;

    // Numbers in a block of whole rows for products between rows.
    private const long RowBlockNumbers = 1 << 23;

    /// <summary>XᵀX, columns × columns in float64.</summary>
    public static double[] OfColumns(IVectorRows rows, ComputeOptions options, Advance advance)
    {
        var size = rows.Columns;
        var result = new double[checked(size * size)];
        if ((long)size * size * rows.Rows <= WideProducts) return WideScatter.OfColumns(rows, result, options, advance);
        var chunk = new float[Math.Min(ChunkRows, rows.Rows) * size];
        var left = new Panels(TileKernel.Left, size, Math.Min(ChunkRows, rows.Rows));
        var right = new Panels(TileKernel.Right, size, Math.Min(ChunkRows, rows.Rows));
        var scratch = new FloatPool(TileRows * TileColumns);
        for (var first = 0; first < rows.Rows; first += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows.Rows - first);
            Blocks.For(count, ChunkRows / 8, options, (_, from, to) => rows.Read(first + from, chunk.AsSpan(from * size, (to - from) * size)));
            left.Start(size, count);
            right.Start(size, count);
            Blocks.For(right.Count, TileRight, options, (_, from, to) =>
            {
                for (var panel = from; panel < to; panel++) right.PackColumns(chunk, size, panel);
            });
            Blocks.For(left.Count, TileLeft, options, (_, from, to) =>
            {
                for (var panel = from; panel < to; panel++) left.PackColumns(chunk, size, panel);
            });
            AddUpper(left, right, 0, 0, size, result, options, scratch, symmetric: true);
            advance.Step(count);
        }
        Mirror(result, size);
        return result;
    }

    /// <summary>XXᵀ, rows × rows in float64.</summary>
    public static double[] OfRows(IVectorRows rows, ComputeOptions options, Advance advance)
    {
        var (size, columns) = (rows.Rows, rows.Columns);
        var result = new double[checked(size * size)];
        if ((long)size * size * columns <= WideProducts) return WideScatter.OfRows(rows, result, options, advance);
        var block = (int)Math.Clamp(RowBlockNumbers / columns / 96 * 96, 96, 960);
        block = Math.Min(block, size);
        var values = new float[checked(block * columns)];
        var left = new Panels(TileKernel.Left, block, columns);
        var right = new Panels(TileKernel.Right, block, columns);
        var scratch = new FloatPool(TileRows * TileColumns);
        for (var i = 0; i < size; i += block)
        {
            Pack(rows, i, Math.Min(block, size - i), values, left, options);
            for (var j = i; j < size; j += block)
            {
                Pack(rows, j, Math.Min(block, size - j), values, right, options);
                AddUpper(left, right, i, j, size, result, options, scratch, symmetric: i == j);
                advance.Step();
            }
        }
        Mirror(result, size);
        return result;
    }

    /// <summary>What <see cref="OfRows"/> counts as a step.</summary>
    public static long RowSteps(int rows, int columns)
    {
        long blocks = Blocks.Count(rows, (int)Math.Min(rows, Math.Clamp(RowBlockNumbers / columns / 96 * 96, 96, 960)));
        return blocks * (blocks + 1) / 2;
    }

    /// <summary>Bytes beside the result.</summary>
    public static long MemoryBytes(int rows, int columns) =>
        3 * sizeof(float) * Math.Max((long)Math.Min(ChunkRows, rows) * columns, Math.Min(rows, 96L) * columns);

    private static void Pack(IVectorRows rows, int first, int count, float[] values, Panels panels, ComputeOptions options)
    {
        var columns = rows.Columns;
        Blocks.For(count, 96, options, (_, from, to) => rows.Read(first + from, values.AsSpan(from * columns, (to - from) * columns)));
        panels.Start(count, columns);
        Blocks.For(panels.Count, 4, options, (_, from, to) =>
        {
            for (var panel = from; panel < to; panel++) panels.PackRows(values, panel);
        });
    }

    // Only what is on or above the diagonal: tiles wholly below are left out.
    private static void AddUpper(Panels left, Panels right, int row0, int column0, int size, double[] result, ComputeOptions options, FloatPool scratch, bool symmetric)
    {
        var (down, across) = (Blocks.Count(left.Count, TileLeft), Blocks.Count(right.Count, TileRight));
        Blocks.For(down * across, 1, options, (tile, _, _) =>
        {
            var (i, j) = (tile / across, tile % across);
            if (symmetric && (j + 1) * TileColumns <= i * TileRows) return;
            AddTile(left, i * TileLeft, right, j * TileRight, row0, column0, size, result, scratch);
        });
    }

    private static unsafe void AddTile(Panels left, int leftFrom, Panels right, int rightFrom, int row0, int column0, int size, double[] result, FloatPool scratch)
    {
        var (leftTo, rightTo) = (Math.Min(left.Count, leftFrom + TileLeft), Math.Min(right.Count, rightFrom + TileRight));
        var (firstRow, firstColumn) = (leftFrom * TileKernel.Left, rightFrom * TileKernel.Right);
        var (rows, columns) = (Math.Min(left.Rows, leftTo * TileKernel.Left) - firstRow, Math.Min(right.Rows, rightTo * TileKernel.Right) - firstColumn);
        var tile = scratch.Take();
        for (var from = 0; from < left.Columns; from += Terms)
        {
            Panels.Multiply(left, leftFrom, leftTo, right, rightFrom, rightTo, from, Math.Min(left.Columns, from + Terms), tile.Pointer, TileColumns, add: false);
            for (var row = 0; row < rows; row++)
                WideSums.Add(new ReadOnlySpan<float>(tile.Pointer + row * TileColumns, columns), result.AsSpan((row0 + firstRow + row) * size + column0 + firstColumn, columns));
        }
        scratch.Return(tile);
    }

    private static void Mirror(double[] matrix, int size)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++) matrix[row * size + column] = matrix[column * size + row];
        }
    }
}
