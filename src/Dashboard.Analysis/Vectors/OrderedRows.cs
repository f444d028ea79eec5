namespace Dashboard.Analysis;

/// <summary>Rows in another order.</summary>
internal sealed class OrderedRows(IVectorRows rows, int[] order) : IVectorRows
{
    public int Rows => rows.Rows;

    public int Columns => rows.Columns;

    public void Read(int first, Span<float> destination)
    {
        for (var at = 0; at < destination.Length; at += Columns) rows.Read(order[first++], destination.Slice(at, Columns));
    }
}
