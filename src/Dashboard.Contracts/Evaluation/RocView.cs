using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>A ROC curve of one class against the rest, from (0, 0) at an infinite threshold.</summary>
public sealed record RocView
{
    /// <summary>The class; absent for averages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Class { get; init; }
    /// <summary>False positive rates.</summary>
    public required double[] Fpr { get; init; }
    /// <summary>True positive rates.</summary>
    public required double[] Tpr { get; init; }
    /// <summary>The score from which on samples are taken for the class; absent for the mean over classes, which has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Thresholds { get; init; }
    /// <summary>Samples of the class; all for the mean over classes.</summary>
    public required long Positives { get; init; }
    /// <summary>Other samples.</summary>
    public required long Negatives { get; init; }
    /// <summary>Points of the whole curve, of which these may be a choice.</summary>
    public required int Total { get; init; }
}
