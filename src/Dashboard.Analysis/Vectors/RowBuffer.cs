namespace Dashboard.Analysis;

/// <summary>Rows to look at: a table's own where it is in memory, otherwise read into a buffer that is used again.</summary>
internal sealed class RowBuffer(IVectorRows rows)
{
    // Enough to make a read worth its call, and little enough for the second cache.
    private const int Numbers = 1 << 17;

    private float[] _buffer = [];

    /// <summary>Rows to read at once when any number will do.</summary>
    public static int Chunk(int columns) => Math.Clamp(Numbers / Math.Max(1, columns), 1, 4096);

    /// <summary>Some rows, one after the other. They stand until the next call.</summary>
    public ReadOnlySpan<float> Read(int first, int count)
    {
        if (rows is VectorTable table) return table.Values.AsSpan(first * table.Columns, count * table.Columns);
        var length = checked(count * rows.Columns);
        if (_buffer.Length < length) _buffer = GC.AllocateUninitializedArray<float>(length);
        rows.Read(first, _buffer.AsSpan(0, length));
        return _buffer.AsSpan(0, length);
    }
}
