using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What a classifier said of samples, a row each.</summary>
public sealed record PredictionsEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>True class of each sample, counted from 0.</summary>
    public required long[] Labels { get; init; }
    /// <summary>One score a class for each sample.</summary>
    public required double[][] Scores { get; init; }
    /// <summary>Loss of each sample.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Losses { get; init; }
    /// <summary>What each sample is called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Ids { get; init; }
}
