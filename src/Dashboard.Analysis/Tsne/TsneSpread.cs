using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>
/// Spreads points onto a grid. They are sorted into strips of rows; every other strip is done at once, and then the ones between, so that no two threads write one grid point
/// and sums come about in one order.
/// </summary>
internal sealed unsafe class TsneSpread
{
    // Rows of a strip: more than a point reaches beyond its own.
    private const int Rows = 6;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly int[] _sorted;
    private readonly ushort[] _strips;
    private readonly Action<int, int, int> _count, _sort;
    private readonly Action<int, int> _spread;
    private int[] _counts = [], _starts = [];
    private int _stripCount, _parity;
    private PlaneGrid? _grid;
    private float[] _origin = [];
    private float _scale;

    public TsneSpread(TsneSpace space, PhaseTeam team)
    {
        (_space, _team) = (space, team);
        (_sorted, _strips) = (new int[space.Points], new ushort[space.Points]);
        (_count, _sort, _spread) = (Count, Sort, Spread);
    }

    public void Run(PlaneGrid grid, float[] origin, float scale)
    {
        (_grid, _origin, _scale) = (grid, origin, scale);
        _stripCount = Blocks.Count(grid.Height, Rows);
        var blocks = Blocks.Count(_space.Points, BlockPoints);
        if (_counts.Length < blocks * _stripCount) _counts = new int[blocks * _stripCount];
        if (_starts.Length <= _stripCount) _starts = new int[_stripCount + 1];
        _team.RunBlocks(_space.Points, BlockPoints, _count);
        var sum = 0;
        for (var strip = 0; strip < _stripCount; strip++)
        {
            _starts[strip] = sum;
            for (var block = 0; block < blocks; block++)
            {
                var count = _counts[block * _stripCount + strip];
                _counts[block * _stripCount + strip] = sum;
                sum += count;
            }
        }
        _starts[_stripCount] = sum;
        _team.RunBlocks(_space.Points, BlockPoints, _sort);
        for (_parity = 0; _parity < 2; _parity++) _team.Run((_stripCount + 1 - _parity) / 2, _spread);
    }

    // Few blocks, so that their counts are fewer than the points.
    private int BlockPoints => Math.Max(4 * TsneSpace.BlockPoints, Blocks.Count(_space.Points, 64));

    private void Count(int block, int first, int end)
    {
        var counts = _counts.AsSpan(block * _stripCount, _stripCount);
        counts.Clear();
        var positions = _space.Positions[1].Pointer;
        var origin = _origin[1];
        for (var point = first; point < end; point++)
        {
            var strip = ((int)((positions[point] - origin) * _scale) - SplineWeights.Before) / Rows;
            _strips[point] = (ushort)strip;
            counts[strip]++;
        }
    }

    private void Sort(int block, int first, int end)
    {
        var places = _counts.AsSpan(block * _stripCount, _stripCount);
        for (var point = first; point < end; point++) _sorted[places[_strips[point]]++] = point;
    }

    private void Spread(int item, int member)
    {
        var strip = 2 * item + _parity;
        var xs = _space.Positions[0].Pointer;
        var ys = _space.Positions[1].Pointer;
        var step = _grid!.RowStep;
        foreach (var point in _sorted.AsSpan(_starts[strip].._starts[strip + 1]))
        {
            float x = (xs[point] - _origin[0]) * _scale, y = (ys[point] - _origin[1]) * _scale;
            int column = (int)x, row = (int)y;
            Vector256<float> weightsX = SplineWeights.Of(x - column), weightsY = SplineWeights.Of(y - row);
            var at = _grid.Values.Pointer + (long)(row - SplineWeights.Before) * step + (column - SplineWeights.Before);
            for (var line = 0; line < SplineWeights.Width; line++, at += step)
                Vector256.FusedMultiplyAdd(weightsX, Vector256.Create(weightsY[line]), Vector256.Load(at)).Store(at);
        }
    }
}
