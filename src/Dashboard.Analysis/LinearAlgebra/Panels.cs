namespace Dashboard.Analysis;

/// <summary>Rows packed for <see cref="TileKernel"/>: panels of so many rows each, and within a panel the rows' numbers of one column side by side. Rows that fill up
/// the last panel are zeros.</summary>
internal sealed unsafe class Panels
{
    private readonly AlignedArray<float> _packed;
    private readonly int _height;

    /// <param name="height"><see cref="TileKernel.Left"/> or <see cref="TileKernel.Right"/>.</param>
    /// <param name="rows">Rows at the most.</param>
    /// <param name="columns">Columns at the most.</param>
    public Panels(int height, int rows, int columns)
    {
        (_height, Columns) = (height, columns);
        _packed = new AlignedArray<float>((long)Blocks.Count(rows, height) * height * columns, zeros: false);
    }

    /// <summary>Numbers of each row.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows that are packed.</summary>
    public int Rows { get; private set; }

    /// <summary>Panels that are packed.</summary>
    public int Count => Blocks.Count(Rows, _height);

    /// <summary>Where a panel starts.</summary>
    public float* this[int panel] => _packed.Pointer + (long)panel * _height * Columns;

    /// <summary>Rows with those that fill up the last panel.</summary>
    public int PaddedRows(int rows) => Blocks.Count(rows, _height) * _height;

    /// <summary>Says what comes, before the panels are filled, which several threads may do.</summary>
    public void Start(int rows, int columns) => (Rows, Columns) = (rows, columns);

    /// <summary>Packs all rows of a block that stand one after the other.</summary>
    public void PackRows(ReadOnlySpan<float> values, int rows, int columns)
    {
        Start(rows, columns);
        for (var panel = 0; panel < Count; panel++) PackRows(values, panel);
    }

    /// <summary>Fills one panel from a block of rows.</summary>
    public void PackRows(ReadOnlySpan<float> values, int panel)
    {
        var first = panel * _height;
        for (var row = first; row < Math.Min(Rows, first + _height); row++) PackRow(values.Slice(row * Columns, Columns), row);
        ClearBehind(panel);
    }

    /// <summary>Fills the place of one row.</summary>
    public void PackRow(ReadOnlySpan<float> values, int row)
    {
        var to = this[row / _height] + row % _height;
        foreach (var value in values)
        {
            *to = value;
            to += _height;
        }
    }

    /// <summary>Sets the rows that the last panel lacks to zero.</summary>
    public void ClearBehind(int panel)
    {
        for (var row = Math.Max(Rows - panel * _height, 0); row < _height; row++)
        {
            var to = this[panel] + row;
            for (var column = 0; column < Columns; column++) to[column * _height] = 0;
        }
    }

    /// <summary>Fills one panel with the transpose: its rows are columns of the block, its columns the block's rows.</summary>
    /// <param name="values">Rows of <paramref name="width"/> numbers, as many as the panels have columns.</param>
    /// <param name="width">Numbers in a row of the block: the panels' rows.</param>
    /// <param name="panel">Which.</param>
    public void PackColumns(ReadOnlySpan<float> values, int width, int panel)
    {
        var first = panel * _height;
        var have = Math.Min(_height, width - first);
        var to = this[panel];
        for (var row = 0; row < Columns; row++, to += _height)
        {
            var place = new Span<float>(to, _height);
            values.Slice(row * width + first, have).CopyTo(place);
            place[have..].Clear();
        }
    }

    /// <summary>The products of some left panels with some right panels over some columns.</summary>
    /// <param name="left">Panels of 12.</param>
    /// <param name="leftFrom">The first.</param>
    /// <param name="leftTo">Behind the last.</param>
    /// <param name="right">Panels of 32.</param>
    /// <param name="rightFrom">The first.</param>
    /// <param name="rightTo">Behind the last.</param>
    /// <param name="from">The first column.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="result">Rows of <paramref name="stride"/> numbers, the first of them for the first left row.</param>
    /// <param name="stride">At least 32 a right panel.</param>
    /// <param name="add">Whether to add to what is there.</param>
    public static void Multiply(Panels left, int leftFrom, int leftTo, Panels right, int rightFrom, int rightTo, int from, int to, float* result, int stride, bool add)
    {
        // The right panel stays in the first cache while the left ones go by.
        for (var j = rightFrom; j < rightTo; j++)
        {
            var b = right[j] + from * TileKernel.Right;
            var c = result + (j - rightFrom) * TileKernel.Right;
            for (var i = leftFrom; i < leftTo; i++)
                TileKernel.Run(to - from, left[i] + from * TileKernel.Left, b, c + (long)(i - leftFrom) * TileKernel.Left * stride, stride, add);
        }
    }

    /// <summary>The same over all columns, in steps that the second cache holds.</summary>
    public static void Multiply(Panels left, int leftFrom, int leftTo, Panels right, int rightFrom, int rightTo, float* result, int stride)
    {
        const int Step = 512;
        for (var from = 0; from < left.Columns; from += Step)
            Multiply(left, leftFrom, leftTo, right, rightFrom, rightTo, from, Math.Min(left.Columns, from + Step), result, stride, from > 0);
    }
}
