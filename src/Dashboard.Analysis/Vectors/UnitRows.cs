using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Rows of length 1: their squared Euclidean distance is twice the cosine distance. A zero vector has no direction and stays zero.</summary>
public sealed class UnitRows : IVectorRows
{
    private readonly IVectorRows _rows;

    /// <summary>Looks at rows; none is copied.</summary>
    public UnitRows(IVectorRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _rows = rows;
    }

    /// <inheritdoc/>
    public int Rows => _rows.Rows;

    /// <inheritdoc/>
    public int Columns => _rows.Columns;

    /// <inheritdoc/>
    public void Read(int first, Span<float> destination)
    {
        _rows.Read(first, destination);
        for (var at = 0; at < destination.Length; at += Columns)
        {
            var row = destination.Slice(at, Columns);
            // In float64: squares of float32 numbers overflow and vanish in float32.
            var length = Math.Sqrt(VectorDistance.Dot(row, row));
            if (length == 0) continue;
            if (float.IsNormal((float)(1 / length))) TensorPrimitives.Multiply(row, (float)(1 / length), row);
            else
                for (var column = 0; column < row.Length; column++) row[column] = (float)(row[column] / length);
        }
    }
}
