namespace Dashboard.Server;

/// <summary>Rows of equal length, one after the other.</summary>
internal sealed record Matrix(int Rows, int Columns, double[] Values)
{
    /// <summary>The rows as arrays of their own.</summary>
    public double[][] ToRows()
    {
        var rows = new double[Rows][];
        for (var row = 0; row < Rows; row++)
            rows[row] = Values.AsSpan(row * Columns, Columns).ToArray();
        return rows;
    }
}
