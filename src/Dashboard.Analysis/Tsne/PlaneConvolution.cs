namespace Dashboard.Analysis;

/// <summary>The potential 1/(1 + d²) of charges on a plane's grid, among nothing: no copies of the plane come round.</summary>
/// <remarks>
/// Columns first, as many side by side as a vector has lanes, each a complex transform of its own length (<see cref="Lanes{T}.HalfTurns"/>); then rows, which are complex by then
/// (<see cref="LineConvolution{T}"/>); then columns back. Squares of lanes × lanes are turned on the way. The kernel is even along both, so its transform is real.
/// </remarks>
internal sealed unsafe class PlaneConvolution<T>
    where T : unmanaged, IWide<T>
{
    private readonly PhaseTeam _team;
    private readonly LineConvolution<T> _rows;
    private readonly LaneFourier<T> _columns;
    private readonly AlignedArray<float> _turns, _even, _odd, _lines;
    private readonly AlignedArray<float>[] _scratch;
    private readonly float[] _sharpening;
    private readonly int _columnBlocks, _rowBlocks, _lineLength;
    private readonly Action<int, int> _forward, _row, _inverse;

    public PlaneConvolution(int width, int height, double spacing, PhaseTeam team)
    {
        _team = team;
        (_rows, _columns, _turns) = (new(width), new(height), Lanes<T>.HalfTurns(height));
        _sharpening = SplineWeights.Sharpening(_columns.Frequencies, 4, 1);
        (_columnBlocks, _rowBlocks) = (Blocks.Count(width, T.Count), Blocks.Count(height, T.Count));
        Grid = new(width, height, _columnBlocks * T.Count);
        // A line of all columns, those too that only fill up the last block.
        _lineLength = Grid.RowStep * 2 * T.Count;
        (_lines, _even, _odd) = (new(_rowBlocks * _lineLength), new(_rowBlocks * width * T.Count), new(_rowBlocks * width * T.Count));
        var longest = 2 * T.Count * Math.Max(Grid.RowStep, _rowBlocks * T.Count);
        _scratch = [.. Enumerable.Range(0, team.Size).Select(_ => new AlignedArray<float>(longest))];
        (_forward, _row, _inverse) = (Forward, Row, Inverse);
        // At the far ends the kernel is then about zero, where its continuation changes its sign.
        Offset = (End(width) + End(height)) / 2;
        double End(int side) => 1 / (1 + Math.Pow(side * spacing, 2));
        team.Run(_columnBlocks, (block, member) => KernelColumns(block, spacing, _scratch[member].Pointer));
        team.Run(_rowBlocks, (block, member) => KernelRows(block, _scratch[member].Pointer));
    }

    /// <summary>Charges, then potentials.</summary>
    public PlaneGrid Grid { get; }

    /// <summary>What was taken from the kernel everywhere, and is missing from the potential for each charge.</summary>
    public double Offset { get; }

    /// <summary>Turns charges into potentials.</summary>
    public void Run()
    {
        _team.Run(_columnBlocks, _forward);
        _team.Run(_rowBlocks, _row);
        _team.Run(_columnBlocks, _inverse);
    }

    private void Forward(int block, int member)
    {
        var column = _scratch[member].Pointer;
        var from = Grid.Values.Pointer + block * T.Count;
        var to = column;
        var turn = _turns.Pointer;
        for (var row = 0; row < Grid.Height; row++, from += Grid.RowStep, to += 2 * T.Count, turn += 2)
        {
            var charge = T.Load(from);
            (charge * T.Of(turn[0])).Store(to);
            (charge * T.Of(turn[1])).Store(to + T.Count);
        }
        _columns.Forward(column);
        Spread(column, block);
    }

    private void Row(int block, int member) => _rows.Run(
        _lines.Pointer + (long)block * _lineLength, _scratch[member].Pointer, _even.Pointer + (long)block * Grid.Width * T.Count, _odd.Pointer + (long)block * Grid.Width * T.Count);

    private void Inverse(int block, int member)
    {
        var column = _scratch[member].Pointer;
        for (var rows = 0; rows < _rowBlocks; rows++)
        {
            var line = _lines.Pointer + (long)rows * _lineLength + (long)block * T.Count * 2 * T.Count;
            var square = column + (long)rows * T.Count * 2 * T.Count;
            T.Transpose(line, 2 * T.Count, square, 2 * T.Count);
            T.Transpose(line + T.Count, 2 * T.Count, square + T.Count, 2 * T.Count);
        }
        _columns.Inverse(column);
        var to = Grid.Values.Pointer + block * T.Count;
        var from = column;
        var turn = _turns.Pointer;
        for (var row = 0; row < Grid.Height; row++, to += Grid.RowStep, from += 2 * T.Count, turn += 2)
            T.MultiplyAdd(T.Load(from), T.Of(turn[0]), T.Load(from + T.Count) * T.Of(turn[1])).Store(to);
    }

    // Columns into lines; what fills up the last block of rows is whatever was there, and goes back to where nobody looks.
    private void Spread(float* column, int block)
    {
        for (var rows = 0; rows < _rowBlocks; rows++)
        {
            var line = _lines.Pointer + (long)rows * _lineLength + (long)block * T.Count * 2 * T.Count;
            var square = column + (long)rows * T.Count * 2 * T.Count;
            T.Transpose(square, 2 * T.Count, line, 2 * T.Count);
            T.Transpose(square + T.Count, 2 * T.Count, line + T.Count, 2 * T.Count);
        }
    }

    private void KernelColumns(int block, double spacing, float* column)
    {
        for (var row = 0; row < Grid.Height; row++)
        {
            for (var lane = 0; lane < T.Count; lane++)
            {
                double x = spacing * (block * T.Count + lane), y = spacing * row;
                column[row * 2 * T.Count + lane] = (float)(1 / (1 + x * x + y * y) - Offset);
            }
        }
        Lanes<T>.HalfKernel(_columns, column, _turns.Pointer);
        Spread(column, block);
    }

    private void KernelRows(int block, float* turned)
    {
        var line = _lines.Pointer + (long)block * _lineLength;
        _rows.Kernel(line, turned);
        // The mean of two continuations, and two transforms there and back.
        var scale = .5f / ((float)Grid.Width * Grid.Height);
        for (var column = 0; column < Grid.Width; column++)
        {
            for (var lane = 0; lane < T.Count; lane++)
            {
                var row = block * T.Count + lane;
                var at = (block * Grid.Width + column) * T.Count + lane;
                var factor = row < Grid.Height ? scale * _sharpening[row] : 0;
                _even.Pointer[at] = line[column * 2 * T.Count + lane] * factor * _rows.Even[column];
                _odd.Pointer[at] = turned[column * 2 * T.Count + lane] * factor * _rows.Odd[column];
            }
        }
    }
}
