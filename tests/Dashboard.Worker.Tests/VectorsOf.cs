using Dashboard.Analysis;

namespace Dashboard.Worker.Tests;

/// <summary>Vectors for projections, the same at each call.</summary>
internal static class VectorsOf
{
    /// <summary>Clusters around seeded centres.</summary>
    public static VectorTable Clusters(int rows, int columns, int clusters = 5, int seed = 7)
    {
        var random = new Random(seed);
        var centres = new float[clusters * columns];
        for (var at = 0; at < centres.Length; at++) centres[at] = (float)(20 * random.NextDouble());
        var table = new VectorTable(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) table.Row(row)[column] = centres[row % clusters * columns + column] + (float)random.NextDouble();
        }
        return table;
    }
}
