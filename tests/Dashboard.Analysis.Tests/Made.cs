namespace Dashboard.Analysis.Tests;

/// <summary>Vectors made from a seed.</summary>
internal static class Made
{
    /// <summary>Normal numbers, with another spread in each column: from 1 down to 1/columns.</summary>
    public static VectorTable Normal(int rows, int columns, int seed, float shift = 0)
    {
        var random = new Random(seed);
        var table = new VectorTable(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                table.Row(row)[column] = shift + (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) / (1 + column));
        }
        return table;
    }

    /// <summary>Whole numbers from 0 to below a bound: many equal rows and equal distances.</summary>
    public static VectorTable Whole(int rows, int columns, int bound, int seed)
    {
        var random = new Random(seed);
        return new VectorTable(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.Next(bound))]);
    }
}
