namespace Dashboard.Analysis;

/// <summary>Vectors in memory, one row after the other.</summary>
public sealed class VectorTable : IVectorRows
{
    /// <summary>Takes numbers over as they are; they are not copied.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="columns">Numbers in a vector.</param>
    /// <param name="values">rows × columns numbers.</param>
    public VectorTable(int rows, int columns, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if ((long)rows * columns != values.Length) throw new ArgumentException($"{rows} × {columns} numbers are needed, and there are {values.Length}.", nameof(values));
        (Rows, Columns, Values) = (rows, columns, values);
    }

    /// <summary>Makes a table of zeros.</summary>
    public VectorTable(int rows, int columns)
        : this(rows, columns, new float[checked(rows * columns)])
    {
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>The numbers, row after row.</summary>
    public float[] Values { get; }

    /// <summary>One vector.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>Reads a table into memory.</summary>
    /// <exception cref="VectorException">It is too large for one.</exception>
    public static VectorTable Of(IVectorRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows is VectorTable table) return table;
        if ((long)rows.Rows * rows.Columns > Array.MaxLength)
            throw new VectorException($"{rows.Rows} vectors of {rows.Columns} numbers are {(long)rows.Rows * rows.Columns} numbers, and a table in memory holds {Array.MaxLength}: take fewer rows, or fewer columns (PCA first).");
        var read = new VectorTable(rows.Rows, rows.Columns);
        rows.Read(0, read.Values);
        return read;
    }

    /// <inheritdoc/>
    public void Read(int first, Span<float> destination) => Values.AsSpan(first * Columns, destination.Length).CopyTo(destination);
}
