namespace Dashboard.Analysis;

/// <summary>How large the grids of <see cref="TsneGrid{T}"/> are.</summary>
internal static class TsneGrid
{
    /// <summary>
    /// Distance between grid points, where q = 1/(1 + d²) has a width of one. Forces are then wrong by some 1e-3 of their size, as the tests measure.
    /// </summary>
    public static double Spacing(int dimensions) => dimensions == 2 ? .3 : .4;

    /// <summary>Grid points along a side at the most: beyond, they move apart. A picture of a million points has less than a thousand.</summary>
    public static int MostSide(int dimensions) => dimensions == 2 ? 2048 : 192;

    /// <summary>Bytes of the largest grid.</summary>
    public static long MemoryBytes(int rows, int dimensions)
    {
        // The grid, its transform (complex), and the kernel's two or four.
        var points = Math.Pow(MostSide(dimensions), dimensions);
        return (long)(points * 4 * (dimensions == 2 ? 1 + 2 + 2 : 1 + 2 + 4)) + rows * 4L;
    }
}

/// <summary>
/// Repulsion by a potential: its force is −½ ∇ Σ 1/(1 + d²), so one potential, of points spread onto a grid by cubic splines, gives forces and Z [after Linderman et al. 2019,
/// and the particle-mesh method of Essmann et al. 1995].
/// </summary>
internal sealed unsafe class TsneGrid<T> : ITsneRepulsion
    where T : unmanaged, IWide<T>
{
    // A small picture has at least so many spacings along a side, and the kernel's ends keep so far from it, where sharpening leaves ripples.
    private const int FewestSpacings = 16, Margin = 10;

    // A grid that is larger than need be by this much is kept.
    private const double Slack = 1.5;

    private readonly PhaseTeam _team;
    private readonly TsneSpread _spread;
    private readonly double[] _sums;
    private readonly Action<int, int, int> _clear, _take;
    private readonly float[] _origin = new float[3];
    private IGridConvolution? _convolution;
    private TsneSpace? _space;
    private readonly double _coarsest;
    private double _spacing;

    public TsneGrid(TsneSpace space, PhaseTeam team, double coarsest)
    {
        (_team, _coarsest) = (team, coarsest);
        _spread = new TsneSpread(space, team);
        _sums = new double[Blocks.Count(space.Points, TsneSpace.BlockPoints)];
        (_clear, _take) = ((_, first, end) => _convolution!.Grid.Span[first..end].Clear(), Take);
    }

    public double Compute(TsneSpace space)
    {
        _space = space;
        Fit(space);
        _team.RunBlocks(_convolution!.Grid.Length, 1 << 16, _clear);
        _spread.Run(_convolution, _origin, (float)(1 / _spacing));
        _convolution.Run();
        _team.RunBlocks(space.Points, TsneSpace.BlockPoints, _take);
        double sum = 0;
        foreach (var part in _sums) sum += part;
        return sum + space.Points * (_convolution.Offset * space.Points - 1);
    }

    // Spacings go down by halves of an octave as pictures get smaller, so that the kernel's transform lasts for many iterations.
    private void Fit(TsneSpace space)
    {
        double extent = 0;
        for (var dimension = 0; dimension < space.Dimensions; dimension++) extent = Math.Max(extent, (double)space.Most[dimension] - space.Least[dimension]);
        var spacing = _coarsest;
        if (!double.IsFinite(extent)) throw new VectorException("The points flew apart: the learning rate is too large.");
        var smaller = extent > 0 ? Math.Log2(spacing * FewestSpacings / extent) : 0;
        if (extent <= 0) spacing = 1e-6;
        else if (smaller > 0) spacing *= Math.Pow(2, -Math.Ceiling(2 * smaller) / 2);
        var most = TsneGrid.MostSide(space.Dimensions);
        while (extent / spacing + SplineWeights.Width + Margin > most) spacing *= Math.Sqrt(2);
        var needed = new int[space.Dimensions];
        var keep = _convolution is not null && spacing == _spacing;
        for (var dimension = 0; dimension < space.Dimensions; dimension++)
        {
            // Spacings before the first point, and half of one because floats are rounded.
            _origin[dimension] = (float)(space.Least[dimension] - (SplineWeights.Before + .5) * spacing);
            needed[dimension] = (int)Math.Ceiling(((double)space.Most[dimension] - space.Least[dimension]) / spacing) + SplineWeights.Width + 1 + Margin;
            keep = keep && needed[dimension] <= _convolution!.Sides[dimension] && _convolution.Sides[dimension] <= Math.Max(LaneFourier<T>.LengthFor(needed[dimension]), Slack * needed[dimension]);
        }
        if (keep) return;
        _spacing = spacing;
        var sides = Array.ConvertAll(needed, LaneFourier<T>.LengthFor);
        _convolution = space.Dimensions == 2 ? new PlaneConvolution<T>(sides, spacing, _team) : new SolidConvolution<T>(sides, spacing, _team);
    }

    private void Take(int block, int first, int end)
    {
        var scale = (float)(1 / _spacing);
        // −½, and the derivative is by spacings.
        _sums[block] = _space!.Dimensions == 2
            ? GridValues.Plane(_space, _convolution!, _origin, scale, -.5f * scale, first, end)
            : GridValues.Solid(_space, _convolution!, _origin, scale, -.5f * scale, first, end);
    }
}
