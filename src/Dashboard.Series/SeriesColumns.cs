namespace Dashboard.Series;

/// <summary>Points of one series in the order logged, a column each. Rows at <see cref="Count"/> and beyond are spare room.</summary>
/// <remarks>The arrays are shared, never copied: whoever hands columns on must not write rows below <see cref="Count"/> again.</remarks>
public sealed class SeriesColumns
{
    /// <summary>Wraps three columns of at least <paramref name="count"/> rows.</summary>
    /// <exception cref="ArgumentException">A column is shorter than <paramref name="count"/>.</exception>
    public SeriesColumns(long[] steps, double[] wallTimes, double[] values, int count)
    {
        if (count < 0 || steps.Length < count || wallTimes.Length < count || values.Length < count)
            throw new ArgumentException($"Columns of {steps.Length}, {wallTimes.Length} and {values.Length} rows cannot hold {count} points.", nameof(count));
        Steps = steps;
        WallTimes = wallTimes;
        Values = values;
        Count = count;
    }

    /// <summary>Training steps, in the order logged; they may go back where a job was restarted.</summary>
    public long[] Steps { get; }

    /// <summary>Seconds since the Unix epoch.</summary>
    public double[] WallTimes { get; }

    /// <summary>IEEE doubles; NaN and infinities keep their bits.</summary>
    public double[] Values { get; }

    /// <summary>How many rows are points.</summary>
    public int Count { get; }
}
