namespace Dashboard.Analysis;

/// <summary>Rows drawn from many.</summary>
internal static class RowSample
{
    /// <summary>Different rows, rising [Knuth, The Art of Computer Programming 3.4.2, algorithm S].</summary>
    public static int[] Draw(int rows, int count, ulong seed)
    {
        var random = new SeededRandom(seed, 0);
        var drawn = new int[count];
        var at = 0;
        for (var row = 0; at < count; row++)
        {
            if (random.Next(rows - row) < count - at) drawn[at++] = row;
        }
        return drawn;
    }

    /// <summary>These rows in memory; null: all.</summary>
    public static VectorTable Take(IVectorRows rows, int[]? drawn)
    {
        if (drawn is null) return VectorTable.Of(rows);
        var table = new VectorTable(drawn.Length, rows.Columns);
        for (var at = 0; at < drawn.Length; at++) rows.Read(drawn[at], table.Row(at));
        return table;
    }
}
