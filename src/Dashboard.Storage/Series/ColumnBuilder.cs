using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>Gathers points into columns.</summary>
internal sealed class ColumnBuilder
{
    private readonly List<long> _steps = [];
    private readonly List<double> _wallTimes = [];
    private readonly List<double> _values = [];

    public long[] Steps => [.. _steps];

    public double[] WallTimes => [.. _wallTimes];

    public double[] Values => [.. _values];

    public SeriesColumns Columns => new(Steps, WallTimes, Values, _steps.Count);

    public void Add(SeriesColumns points)
    {
        _steps.AddRange(points.Steps.AsSpan(0, points.Count));
        _wallTimes.AddRange(points.WallTimes.AsSpan(0, points.Count));
        _values.AddRange(points.Values.AsSpan(0, points.Count));
    }

    public void Add(SeriesColumns points, int row)
    {
        _steps.Add(points.Steps[row]);
        _wallTimes.Add(points.WallTimes[row]);
        _values.Add(points.Values[row]);
    }
}
