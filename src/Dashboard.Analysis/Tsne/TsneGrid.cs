namespace Dashboard.Analysis;

/// <summary>How large the grids of <see cref="TsneGrid{T}"/> are.</summary>
internal static class TsneGrid
{
    /// <summary>
    /// Distance between grid points, where q = 1/(1 + d²) has a width of one. Forces on real pictures are then wrong by a thousandth of their root mean square
    /// (.0004 at .25, .003 at .35, .02 at .5).
    /// </summary>
    public const double Spacing = .3;

    /// <summary>Grid points along a side at the most: beyond, they move apart. A picture of a million points has some 1,500.</summary>
    public const int MostSide = 2048;

    /// <summary>Bytes of the largest grid, its complex transform and the kernel's two, and of what sorts the points.</summary>
    public static long MemoryBytes(int rows) => (1 + 2 + 2) * 4L * MostSide * MostSide + 6L * rows;
}

/// <summary>
/// Repulsion on a plane by a potential: its force is −½ ∇ Σ 1/(1 + d²), so one potential, of points spread onto a grid by splines, gives forces and Z
/// [after Linderman et al. 2019, and the particle-mesh method of Essmann et al. 1995].
/// </summary>
internal sealed class TsneGrid<T> : ITsneRepulsion
    where T : unmanaged, IWide<T>
{
    // A small picture has at least so many spacings along a side, and the kernel's ends keep so far from it, where sharpening leaves ripples.
    private const int FewestSpacings = 16, Margin = 10;

    // Points at one place have a spacing all the same.
    private const double LeastExtent = 1e-6;

    // A grid that is larger than need be by this much is kept.
    private const double Slack = 1.5;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly TsneSpread _spread;
    private readonly double[] _sums;
    private readonly double _coarsest;
    private readonly Action<int, int, int> _clear, _take;
    private readonly float[] _origin = new float[2];
    private PlaneConvolution<T>? _convolution;
    private double _spacing;

    public TsneGrid(TsneSpace space, PhaseTeam team, double coarsest = TsneGrid.Spacing)
    {
        (_space, _team, _coarsest) = (space, team, coarsest);
        _spread = new TsneSpread(space, team);
        _sums = new double[Blocks.Count(space.Points, TsneSpace.BlockPoints)];
        (_clear, _take) = ((_, first, end) => _convolution!.Grid.Values.Span[first..end].Clear(), Take);
    }

    public double Compute()
    {
        Fit();
        _team.RunBlocks(_convolution!.Grid.Values.Length, 1 << 16, _clear);
        _spread.Run(_convolution.Grid, _origin, (float)(1 / _spacing));
        _convolution.Run();
        _team.RunBlocks(_space.Points, TsneSpace.BlockPoints, _take);
        double sum = 0;
        foreach (var part in _sums) sum += part;
        // The offset for each pair; and each point has met itself.
        return sum + _space.Points * (_convolution.Offset * _space.Points - 1);
    }

    // Spacings go down by halves of an octave as pictures get smaller, so that the kernel's transform lasts for many iterations.
    private void Fit()
    {
        double width = (double)_space.Most[0] - _space.Least[0], height = (double)_space.Most[1] - _space.Least[1];
        var extent = Math.Max(LeastExtent, Math.Max(width, height));
        var smaller = Math.Ceiling(2 * Math.Log2(_coarsest * FewestSpacings / extent));
        var spacing = smaller > 0 ? _coarsest * Math.Pow(2, -smaller / 2) : _coarsest;
        while (extent / spacing + Rim > TsneGrid.MostSide) spacing *= Math.Sqrt(2);
        // The splines reach over grid points before the first point; half a spacing more, because floats are rounded.
        for (var dimension = 0; dimension < 2; dimension++) _origin[dimension] = (float)(_space.Least[dimension] - (SplineWeights.Before + .5) * spacing);
        int columns = (int)Math.Ceiling(width / spacing) + Rim, rows = (int)Math.Ceiling(height / spacing) + Rim;
        if (_convolution is { } now && spacing == _spacing && Suits(now.Grid.Width, columns) && Suits(now.Grid.Height, rows)) return;
        _spacing = spacing;
        _convolution = new PlaneConvolution<T>(LaneFourier<T>.LengthFor(columns), LaneFourier<T>.LengthFor(rows), spacing, _team);
    }

    private static int Rim => SplineWeights.Width + 1 + Margin;

    private static bool Suits(int side, int needed) => needed <= side && side <= Math.Max(LaneFourier<T>.LengthFor(needed), Slack * needed);

    private void Take(int block, int first, int end)
    {
        var scale = (float)(1 / _spacing);
        // −½, and the derivative is by spacings.
        _sums[block] = GridValues.Take(_space, _convolution!.Grid, _origin, scale, -.5f * scale, first, end);
    }
}
