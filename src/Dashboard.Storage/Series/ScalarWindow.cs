namespace Dashboard.Storage;

/// <summary>Points of one series between two steps, in the order logged, merged into buckets where more were stored than asked for.</summary>
public sealed record ScalarWindow
{
    /// <summary>Tag of the series.</summary>
    public required string Tag { get; init; }
    /// <summary>Stored points between the two steps.</summary>
    public required long Total { get; init; }
    /// <summary>Steps of stored points, one a bucket.</summary>
    public required long[] Steps { get; init; }
    /// <summary>Their wall times, seconds since the Unix epoch.</summary>
    public required double[] WallTimes { get; init; }
    /// <summary>Their values.</summary>
    public required double[] Values { get; init; }
    /// <summary>Smallest finite value of each bucket, NaN where it has none.</summary>
    public required double[] Min { get; init; }
    /// <summary>Largest finite value of each bucket, NaN where it has none.</summary>
    public required double[] Max { get; init; }
    /// <summary>NaN and infinities in each bucket.</summary>
    public required int[] NonFinite { get; init; }
    /// <summary>Points that are lost because their stored bytes no longer match their checksum; empty when all is well.</summary>
    public IReadOnlyList<DamagedRange> Damaged { get; init; } = [];
}
