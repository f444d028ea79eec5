using System.Runtime.InteropServices;
using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>Vectors for the projections.</summary>
internal static class VectorFile
{
    /// <summary>float32 numbers, row after row, as projection_peers.py writes them.</summary>
    public static VectorTable Read(string file, int rows, int columns)
    {
        var table = new VectorTable(rows, columns);
        using var stream = File.OpenRead(file);
        stream.ReadExactly(MemoryMarshal.AsBytes(table.Values.AsSpan()));
        return table;
    }

    public static void Write(string file, VectorTable table) => File.WriteAllBytes(file, MemoryMarshal.AsBytes(table.Values.AsSpan()));

    /// <summary>Heaps of 1,000 rows each, in twenty directions: what an embedding of a large table looks like from afar.</summary>
    public static VectorTable Made(int rows, int columns)
    {
        const int Heap = 1000;
        const int Directions = 20;
        var random = new Random(1);
        var table = new VectorTable(rows, columns);
        var middle = new float[columns];
        for (var row = 0; row < rows; row++)
        {
            if (row % Heap == 0)
            {
                for (var column = 0; column < columns; column++) middle[column] = random.NextSingle() - 0.5f;
            }
            var own = table.Row(row);
            var (first, size) = (random.Next(Directions), random.NextSingle());
            for (var column = 0; column < columns; column++) own[column] = middle[column] + size * ((column * (first + 1) % 97) / 97f - 0.5f) + 0.1f * random.NextSingle();
        }
        return table;
    }
}
