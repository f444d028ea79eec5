using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Histograms of one tag in the order logged.</summary>
public sealed record HistogramsView
{
    /// <summary>The run; absent where the request names it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }
    /// <summary>The tag; absent where the request names it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }
    /// <summary>How many the window of steps holds; what follows may be a choice of them.</summary>
    public required long Total { get; init; }
    /// <summary>Training steps.</summary>
    public required IReadOnlyList<long> Steps { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required IReadOnlyList<double> WallTimes { get; init; }
    /// <summary>Bin edges of each histogram, rising.</summary>
    public required IReadOnlyList<double[]> Edges { get; init; }
    /// <summary>What fell into each bin; one entry less than edges.</summary>
    public required IReadOnlyList<double[]> Counts { get; init; }
    /// <summary>NaN and infinities that no bin can hold, one number a histogram; absent where there are none at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? NonFinite { get; init; }
    /// <summary>Steps whose stored bytes no longer match their checksum; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? DamagedSteps { get; init; }
}
