using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Rows whose columns have mean 0 and standard deviation 1 (over rows, as scikit-learn's StandardScaler). A constant column stays 0.</summary>
public sealed class StandardizedRows : IVectorRows
{
    private readonly IVectorRows _rows;
    private readonly float[] _mean;
    private readonly float[] _rest;
    private readonly float[] _scale;

    private StandardizedRows(IVectorRows rows, ColumnMoments moments)
    {
        _rows = rows;
        _mean = Array.ConvertAll(moments.Mean, mean => (float)mean);
        _rest = new float[rows.Columns];
        _scale = new float[rows.Columns];
        for (var column = 0; column < rows.Columns; column++)
        {
            var deviation = Math.Sqrt(moments.Squares[column] / moments.Count);
            // A column of equal numbers whose mean was rounded is constant all the same.
            if (!(deviation > 1e-12 * Math.Abs(moments.Mean[column])) || 1 / deviation > float.MaxValue) continue;
            _scale[column] = (float)(1 / deviation);
            _rest[column] = (float)((_mean[column] - moments.Mean[column]) / deviation);
        }
    }

    /// <inheritdoc/>
    public int Rows => _rows.Rows;

    /// <inheritdoc/>
    public int Columns => _rows.Columns;

    /// <summary>Reads all rows once for the statistics, in float64.</summary>
    /// <exception cref="VectorException">There are no rows, or a number is not finite.</exception>
    public static StandardizedRows Of(IVectorRows rows, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        return new StandardizedRows(rows, ColumnMoments.Of(rows, options));
    }

    /// <inheritdoc/>
    public void Read(int first, Span<float> destination)
    {
        _rows.Read(first, destination);
        for (var at = 0; at < destination.Length; at += Columns)
        {
            var row = destination.Slice(at, Columns);
            TensorPrimitives.Subtract(row, _mean, row);
            TensorPrimitives.MultiplyAdd(row, _scale, _rest, row);
        }
    }
}
