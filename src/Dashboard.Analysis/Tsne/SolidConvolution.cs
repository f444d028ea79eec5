namespace Dashboard.Analysis;

/// <summary>The potential 1/(1 + d²) of charges on a grid in space, among nothing, as <see cref="PlaneConvolution{T}"/> finds it on a plane.</summary>
/// <remarks>Along z first, in halves; what comes out is a plane for each frequency, small enough for a core's cache, and each is convolved by itself, along y and then x.</remarks>
internal sealed unsafe class SolidConvolution<T> : IGridConvolution
    where T : unmanaged, IWide<T>
{
    private readonly PhaseTeam _team;
    private readonly LineConvolution<T> _alongX, _alongY;
    private readonly LaneFourier<T> _alongZ;
    private readonly AlignedArray<float> _turns, _planes;
    // The kernel's transform, for lines along y and x continued as they are or with another sign.
    private readonly AlignedArray<float>[] _kernels;
    private readonly Scratch[] _scratch;
    private readonly float[] _sharpening;
    private readonly double _spacing;
    private readonly int _blocksX, _blocksY, _lineStep, _planeLength, _kernelStep;
    private readonly Action<int, int> _forward, _plane, _inverse;

    public SolidConvolution(int[] sides, double spacing, PhaseTeam team)
    {
        (_team, Sides, _spacing) = (team, sides, spacing);
        (_alongX, _alongY, _alongZ, _turns) = (new(sides[0]), new(sides[1]), new(sides[2]), Lanes<T>.HalfTurns(sides[2]));
        _sharpening = SplineWeights.Sharpening(_alongZ.Frequencies, 4, 1);
        (_blocksX, _blocksY) = (Blocks.Count(sides[0], T.Count), Blocks.Count(sides[1], T.Count));
        (RowStep, PlaneStep) = (_blocksX * T.Count, _blocksX * T.Count * sides[1]);
        Grid = new(checked(PlaneStep * sides[2]));
        // Lines along y are filled up to whole squares.
        _lineStep = _blocksY * T.Count * 2 * T.Count;
        _planeLength = _blocksX * _lineStep;
        _planes = new(checked(_planeLength * sides[2]));
        _kernelStep = sides[0] * T.Count;
        _kernels = [.. Enumerable.Range(0, 4).Select(_ => new AlignedArray<float>(checked(sides[2] * _blocksY * _kernelStep)))];
        _scratch = [.. Enumerable.Range(0, team.Size).Select(_ => new Scratch(sides[2] * 2 * T.Count, _planeLength, RowStep * 2 * T.Count))];
        (_forward, _plane, _inverse) = (Forward, Plane, Inverse);
        Offset = sides.Select(side => 1 / (1 + Math.Pow(side * spacing, 2))).Average();
        team.Run(sides[1] * _blocksX, KernelColumns);
        team.Run(sides[2], KernelPlane);
    }

    public int[] Sides { get; }

    public int RowStep { get; }

    public int PlaneStep { get; }

    public AlignedArray<float> Grid { get; }

    public double Offset { get; }

    public void Run()
    {
        _team.Run(Sides[1] * _blocksX, _forward);
        _team.Run(Sides[2], _plane);
        _team.Run(Sides[1] * _blocksX, _inverse);
    }

    private float* At(int row, int block) => _planes.Pointer + (long)block * _lineStep + (long)row * 2 * T.Count;

    private void Forward(int item, int member)
    {
        var row = item / _blocksX;
        var block = item % _blocksX;
        var column = _scratch[member].Column.Pointer;
        var from = Grid.Pointer + (long)row * RowStep + block * T.Count;
        var turn = _turns.Pointer;
        for (var plane = 0; plane < Sides[2]; plane++, from += PlaneStep, turn += 2)
        {
            var charge = T.Load(from);
            (charge * T.Of(turn[0])).Store(column + plane * 2 * T.Count);
            (charge * T.Of(turn[1])).Store(column + plane * 2 * T.Count + T.Count);
        }
        _alongZ.Forward(column);
        Put(column, At(row, block));
    }

    private void Put(float* column, float* to)
    {
        for (var plane = 0; plane < Sides[2]; plane++, column += 2 * T.Count, to += _planeLength)
        {
            T.Load(column).Store(to);
            T.Load(column + T.Count).Store(to + T.Count);
        }
    }

    private void Plane(int plane, int member)
    {
        var even = _planes.Pointer + (long)plane * _planeLength;
        var odd = _scratch[member].Plane.Pointer;
        for (var block = 0; block < _blocksX; block++) _alongY.Forward(even + (long)block * _lineStep, odd + (long)block * _lineStep);
        Lines(even, _kernels[0], _kernels[1], plane, _scratch[member]);
        Lines(odd, _kernels[2], _kernels[3], plane, _scratch[member]);
        for (var block = 0; block < _blocksX; block++) _alongY.Inverse(even + (long)block * _lineStep, odd + (long)block * _lineStep);
    }

    private void Lines(float* lines, AlignedArray<float> even, AlignedArray<float> odd, int plane, Scratch scratch)
    {
        for (var rows = 0; rows < _blocksY; rows++)
        {
            Turn(lines, scratch.Line.Pointer, rows, back: false);
            var kernel = ((long)plane * _blocksY + rows) * _kernelStep;
            _alongX.Run(scratch.Line.Pointer, scratch.Turned.Pointer, even.Pointer + kernel, odd.Pointer + kernel);
            Turn(lines, scratch.Line.Pointer, rows, back: true);
        }
    }

    // A vector along x for each row becomes one along y for each column.
    private void Turn(float* lines, float* line, int rows, bool back)
    {
        for (var block = 0; block < _blocksX; block++)
        {
            var square = lines + (long)block * _lineStep + (long)rows * T.Count * 2 * T.Count;
            var at = line + (long)block * T.Count * 2 * T.Count;
            for (var part = 0; part < 2 * T.Count; part += T.Count)
            {
                if (back) T.Transpose(at + part, 2 * T.Count, square + part, 2 * T.Count);
                else T.Transpose(square + part, 2 * T.Count, at + part, 2 * T.Count);
            }
        }
    }

    private void Inverse(int item, int member)
    {
        var row = item / _blocksX;
        var block = item % _blocksX;
        var column = _scratch[member].Column.Pointer;
        var from = At(row, block);
        for (var plane = 0; plane < Sides[2]; plane++, from += _planeLength)
        {
            T.Load(from).Store(column + plane * 2 * T.Count);
            T.Load(from + T.Count).Store(column + plane * 2 * T.Count + T.Count);
        }
        _alongZ.Inverse(column);
        var to = Grid.Pointer + (long)row * RowStep + block * T.Count;
        var turn = _turns.Pointer;
        for (var plane = 0; plane < Sides[2]; plane++, to += PlaneStep, column += 2 * T.Count, turn += 2)
            T.MultiplyAdd(T.Load(column), T.Of(turn[0]), T.Load(column + T.Count) * T.Of(turn[1])).Store(to);
    }

    private void KernelColumns(int item, int member)
    {
        var row = item / _blocksX;
        var block = item % _blocksX;
        var column = _scratch[member].Column.Pointer;
        for (var plane = 0; plane < Sides[2]; plane++)
        {
            for (var lane = 0; lane < T.Count; lane++)
            {
                double x = _spacing * (block * T.Count + lane), y = _spacing * row, z = _spacing * plane;
                column[plane * 2 * T.Count + lane] = (float)(1 / (1 + x * x + y * y + z * z) - Offset);
            }
        }
        Lanes<T>.HalfKernel(_alongZ, column, _turns.Pointer);
        Put(column, At(row, block));
    }

    private void KernelPlane(int plane, int member)
    {
        var even = _planes.Pointer + (long)plane * _planeLength;
        var odd = _scratch[member].Plane.Pointer;
        for (var block = 0; block < _blocksX; block++) _alongY.Kernel(even + (long)block * _lineStep, odd + (long)block * _lineStep);
        KernelLines(even, _alongY.Even, 0, plane, _scratch[member]);
        KernelLines(odd, _alongY.Odd, 2, plane, _scratch[member]);
    }

    private void KernelLines(float* lines, float[] sharpening, int kernel, int plane, Scratch scratch)
    {
        // The means of two continuations along two dimensions, and three transforms there and back.
        var scale = .25f * _sharpening[plane] / ((float)Sides[0] * Sides[1] * Sides[2]);
        for (var rows = 0; rows < _blocksY; rows++)
        {
            Turn(lines, scratch.Line.Pointer, rows, back: false);
            _alongX.Kernel(scratch.Line.Pointer, scratch.Turned.Pointer);
            var first = ((long)plane * _blocksY + rows) * _kernelStep;
            for (var column = 0; column < Sides[0]; column++)
            {
                for (var lane = 0; lane < T.Count; lane++)
                {
                    var row = rows * T.Count + lane;
                    var factor = row < Sides[1] ? scale * sharpening[row] : 0;
                    var at = first + column * T.Count + lane;
                    _kernels[kernel].Pointer[at] = scratch.Line.Pointer[column * 2 * T.Count + lane] * factor * _alongX.Even[column];
                    _kernels[kernel + 1].Pointer[at] = scratch.Turned.Pointer[column * 2 * T.Count + lane] * factor * _alongX.Odd[column];
                }
            }
        }
    }

    private sealed class Scratch(int column, int plane, int line)
    {
        public AlignedArray<float> Column { get; } = new(column);

        public AlignedArray<float> Plane { get; } = new(plane);

        public AlignedArray<float> Line { get; } = new(line);

        public AlignedArray<float> Turned { get; } = new(line);
    }
}
