namespace Dashboard.Storage;

/// <summary>The points of a series that are not in chunks, as they were at one moment: rows 0 to <paramref name="Count"/> have indices from <paramref name="Base"/>.</summary>
/// <remarks>Where chunks reach past <paramref name="Base"/> the tail is right and they are stale.</remarks>
internal readonly record struct SeriesTail(long Base, long[] Steps, double[] WallTimes, double[] Values, int Count)
{
    public ReadOnlySpan<long> StepSpan => Steps.AsSpan(0, Count);
    public ReadOnlySpan<double> WallTimeSpan => WallTimes.AsSpan(0, Count);
    public ReadOnlySpan<double> ValueSpan => Values.AsSpan(0, Count);
}
