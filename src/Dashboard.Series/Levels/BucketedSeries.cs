namespace Dashboard.Series;

/// <summary>A stretch of a series in buckets, a column each, in logged order.</summary>
/// <param name="Total">Points that the buckets stand for.</param>
/// <param name="Steps">Step of the point that represents the bucket.</param>
/// <param name="WallTimes">Its wall time, seconds since the Unix epoch.</param>
/// <param name="Values">Its value; may be NaN or infinite.</param>
/// <param name="Min">Smallest finite value of the bucket, NaN where there is none.</param>
/// <param name="Max">Largest finite value of the bucket, NaN where there is none.</param>
/// <param name="NonFinite">How many of the bucket's values are NaN or infinite; <see cref="int.MaxValue"/> also for more.</param>
public sealed record BucketedSeries(
    long Total, long[] Steps, double[] WallTimes, double[] Values, double[] Min, double[] Max, int[] NonFinite);
