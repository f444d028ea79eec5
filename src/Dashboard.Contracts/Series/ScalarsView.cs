using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Points of one scalar series in the order logged, merged into buckets where more were stored than asked for.</summary>
public sealed record ScalarsView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary>Commit that the answer is not older than; subscribe with it as <c>after_seq</c>. In a query's answer it stands outside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seq { get; init; }
    /// <summary>Stored points between the two steps.</summary>
    public required long Total { get; init; }
    /// <summary>Step of a stored point of each bucket.</summary>
    public required long[] Steps { get; init; }
    /// <summary>Its wall time, seconds since the Unix epoch.</summary>
    public required double[] WallTimes { get; init; }
    /// <summary>Its value.</summary>
    public required double[] Values { get; init; }
    /// <summary>Smallest finite value of each bucket, NaN where it has none.</summary>
    public required double[] Min { get; init; }
    /// <summary>Largest finite value of each bucket, NaN where it has none.</summary>
    public required double[] Max { get; init; }
    /// <summary>NaN and infinities in each bucket; absent where there are none at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? NonFinite { get; init; }
    /// <summary>Points lost because their stored bytes no longer match their checksum; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DamagedView>? Damaged { get; init; }
}
