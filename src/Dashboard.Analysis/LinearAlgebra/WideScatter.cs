using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>The sums of <see cref="ScatterMatrix"/> in float64 throughout, for small tables.</summary>
internal static class WideScatter
{
    private const int ChunkRows = 256;
    private const int BlockRows = 16;

    /// <summary>Adds XᵀX.</summary>
    public static double[] OfColumns(IVectorRows rows, double[] result, ComputeOptions options, Advance advance)
    {
        var size = rows.Columns;
        var wide = new double[Math.Min(ChunkRows, rows.Rows) * size];
        var buffer = new RowBuffer(rows);
        for (var first = 0; first < rows.Rows; first += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows.Rows - first);
            TensorPrimitives.ConvertTruncating<float, double>(buffer.Read(first, count), wide);
            Blocks.For(size, BlockRows, options, (_, from, to) =>
            {
                for (var column = from; column < to; column++)
                {
                    var sums = result.AsSpan(column * size, size);
                    for (var row = 0; row < count; row++) TensorPrimitives.MultiplyAdd(wide.AsSpan(row * size, size), wide[row * size + column], sums, sums);
                }
            });
            advance.Step(count);
        }
        return result;
    }

    /// <summary>Fills in XXᵀ.</summary>
    public static double[] OfRows(IVectorRows rows, double[] result, ComputeOptions options, Advance advance)
    {
        var size = rows.Rows;
        var table = VectorTable.Of(rows);
        Blocks.For(size, 1, options, (row, _, _) =>
        {
            for (var other = 0; other <= row; other++) result[row * size + other] = result[other * size + row] = VectorDistance.Dot(table.Row(row), table.Row(other));
        });
        advance.Step(ScatterMatrix.RowSteps(rows.Rows, rows.Columns));
        return result;
    }
}
