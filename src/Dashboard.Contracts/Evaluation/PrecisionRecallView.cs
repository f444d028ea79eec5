using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>A precision-recall curve of one class against the rest, from recall 1 to (0, 1).</summary>
public sealed record PrecisionRecallView
{
    /// <summary>The class; absent for all decisions together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Class { get; init; }
    /// <summary>Precisions.</summary>
    public required double[] Precision { get; init; }
    /// <summary>Recalls.</summary>
    public required double[] Recall { get; init; }
    /// <summary>The score from which on samples are taken for the class, rising; one less than points, since the last takes none.</summary>
    public required double[] Thresholds { get; init; }
    /// <summary>Samples of the class.</summary>
    public required long Positives { get; init; }
    /// <summary>Other samples.</summary>
    public required long Negatives { get; init; }
    /// <summary>Points of the whole curve, of which these may be a choice.</summary>
    public required int Total { get; init; }
}
