using Dashboard.Series;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Gathers the points of one tag in the order logged.</summary>
internal sealed class SeriesBuilder(string tag)
{
    private long[] _steps = [];
    private double[] _wallTimes = [];
    private double[] _values = [];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Add(long step, double wallTime, double value)
    {
        if (_count == _steps.Length)
            Grow(_count + 1);
        _steps[_count] = step;
        _wallTimes[_count] = wallTime;
        _values[_count++] = value;
    }

    /// <summary>Adds columns of equal length; no wall times means <paramref name="wallTime"/> for all.</summary>
    public void Add(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, double wallTime, ReadOnlySpan<double> values)
    {
        Extend(steps.Length, out var stepRoom, out var wallRoom, out var valueRoom);
        steps.CopyTo(stepRoom);
        values.CopyTo(valueRoom);
        if (wallTimes.Length == 0)
            wallRoom.Fill(wallTime);
        else
            wallTimes.CopyTo(wallRoom);
    }

    /// <summary>Makes room for <paramref name="count"/> points, which the caller writes.</summary>
    public void Extend(int count, out Span<long> steps, out Span<double> wallTimes, out Span<double> values)
    {
        if (_count + count > _steps.Length)
            Grow(_count + count);
        var at = _count;
        _count += count;
        steps = _steps.AsSpan(at, count);
        wallTimes = _wallTimes.AsSpan(at, count);
        values = _values.AsSpan(at, count);
    }

    /// <summary>Hands the columns over.</summary>
    public ScalarBlock Build()
    {
        // The store keeps the arrays for a while: more than a quarter of spare room is not worth the copy saved.
        if (_steps.Length - _count > _count / 4)
            Resize(_count);
        return new ScalarBlock(tag, new SeriesColumns(_steps, _wallTimes, _values, _count));
    }

    private void Grow(int needed) => Resize(_count == 0 ? needed : Math.Max(needed, Math.Max(16, _count * 2)));

    private void Resize(int size)
    {
        Array.Resize(ref _steps, size);
        Array.Resize(ref _wallTimes, size);
        Array.Resize(ref _values, size);
    }
}
