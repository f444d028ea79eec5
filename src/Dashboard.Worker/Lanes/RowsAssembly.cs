using System.Runtime.InteropServices;

namespace Dashboard.Worker;

/// <summary>A table that comes from an engine in pieces, in order; what does not fit is refused.</summary>
internal sealed class RowsAssembly(string name, int mostColumns, long mostBytes)
{
    private float[]? _values;
    private int _filled;

    /// <summary>Rows in all, once the first piece is there.</summary>
    public int Rows { get; private set; }

    /// <summary>Numbers in a row.</summary>
    public int Columns { get; private set; }

    /// <summary>Takes a piece.</summary>
    /// <exception cref="InvalidDataException">It does not follow what was there, is too much, or holds a number that is not finite.</exception>
    public void Add(EngineBlock block)
    {
        if (_values is null)
        {
            if (block.Rows < 1 || block.Columns < 1 || block.Columns > mostColumns || 4L * block.Rows * block.Columns > Math.Min(mostBytes, Array.MaxLength)) throw Bad($"{block.Rows} rows of {block.Columns} numbers are none of a projection");
            (Rows, Columns, _values) = (block.Rows, block.Columns, new float[block.Rows * block.Columns]);
        }
        Follow(block, Rows, Columns, _filled / Columns, name);
        MemoryMarshal.Cast<byte, float>(block.Packed).CopyTo(_values.AsSpan(_filled));
        _filled += block.Packed.Length / sizeof(float);
    }

    /// <summary>The whole.</summary>
    /// <exception cref="InvalidDataException">Rows are missing.</exception>
    public float[] Whole(int rows) => _values is not null && _filled == _values.Length && Rows == rows ? _values : throw Bad("rows are missing");

    /// <summary>Checks that a piece continues a table.</summary>
    public static void Follow(EngineBlock block, int rows, int columns, int next, string name)
    {
        var width = (long)columns * sizeof(float);
        if (block.Rows != rows || block.Columns != columns || block.First != next || block.Packed.Length == 0 || block.Packed.Length % width != 0 || block.Packed.Length / width > rows - next)
            throw Bad(name, "a piece does not follow the one before");
        foreach (var value in MemoryMarshal.Cast<byte, float>(block.Packed))
        {
            if (!float.IsFinite(value)) throw Bad(name, "a number is not finite");
        }
    }

    private InvalidDataException Bad(string what) => Bad(name, what);

    private static InvalidDataException Bad(string name, string what) => new($"The engine's projection makes no sense ({name}): {what}.");
}
