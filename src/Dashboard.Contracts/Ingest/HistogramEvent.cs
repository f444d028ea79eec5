using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>A distribution: either raw <see cref="Values"/>, which the server bins, or <see cref="Edges"/> with <see cref="Counts"/>.</summary>
public sealed record HistogramEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>Raw values, binned into 64 equal bins over the finite ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Values { get; init; }
    /// <summary>Bin edges, rising; one more than <see cref="Counts"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Edges { get; init; }
    /// <summary>What fell into each bin, not negative.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Counts { get; init; }
}
