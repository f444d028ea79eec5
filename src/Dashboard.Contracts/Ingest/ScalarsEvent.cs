using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Several values of one series, a column each for steps, values and, where given, wall times.</summary>
public sealed record ScalarsEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training steps in the order logged.</summary>
    public required long[] Steps { get; init; }
    /// <summary>As many values; NaN and infinities as text.</summary>
    public required double[] Values { get; init; }
    /// <summary>As many wall times, seconds since the Unix epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? WallTimes { get; init; }
}
