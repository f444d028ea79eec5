using System.Globalization;
using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>Finds what nothing can be computed from.</summary>
public static class VectorCheck
{
    private const int BlockRows = 4096;

    /// <summary>Sees to it that there are vectors and that each number in them is finite.</summary>
    /// <exception cref="VectorException">There is none, or one holds NaN or infinity: says where the first one is.</exception>
    public static void Finite(IVectorRows rows, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        NotEmpty(rows);
        var advance = new Advance(options, 0, 1, Blocks.Count(rows.Rows, BlockRows));
        var faults = new (int Row, int Column, float Value)?[Blocks.Count(rows.Rows, BlockRows)];
        Blocks.For(rows.Rows, BlockRows, options, (block, from, to) =>
        {
            faults[block] = First(rows, from, to, options.Cancellation);
            advance.Step();
        });
        if (Array.Find(faults, fault => fault is not null) is { } first) throw NotFinite(first.Row, first.Column, first.Value);
    }

    /// <summary>The fault that one number is.</summary>
    internal static VectorException NotFinite(int row, int column, float value) => new(string.Create(CultureInfo.InvariantCulture,
        $"Row {row}, column {column} of the vectors is {(float.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity")}: nothing can be computed from that. Leave the row out, or log a number there (rows and columns count from 0)."));

    internal static void NotEmpty(IVectorRows rows)
    {
        if (rows.Rows < 1 || rows.Columns < 1)
            throw new VectorException($"The vectors are a table of {rows.Rows} rows and {rows.Columns} columns: at least one of each is needed.");
    }

    private static (int Row, int Column, float Value)? First(IVectorRows rows, int from, int to, CancellationToken cancellation)
    {
        var buffer = new RowBuffer(rows);
        var chunk = RowBuffer.Chunk(rows.Columns);
        for (var first = from; first < to; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = buffer.Read(first, Math.Min(chunk, to - first));
            if (TensorPrimitives.IsFiniteAll(values)) continue;
            var at = 0;
            while (float.IsFinite(values[at])) at++;
            return (first + at / rows.Columns, at % rows.Columns, values[at]);
        }
        return null;
    }
}
