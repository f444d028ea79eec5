using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What one set of predictions of a classifier is worth: answer of <c>GET /api/v1/runs/{run_id}/classification</c>. What is null has its reason in <see cref="Reasons"/>.</summary>
public sealed record ClassificationView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required double WallTime { get; init; }
    /// <summary>Samples that count.</summary>
    public required int Samples { get; init; }
    /// <summary>Samples that do not.</summary>
    public required ExcludedView Excluded { get; init; }
    /// <summary>Classes there are scores for.</summary>
    public required int ClassCount { get; init; }
    /// <summary>The classes that lists a class are about, in their order: all up to 1,000 by number, of more the most frequent first.</summary>
    public required IReadOnlyList<int> Classes { get; init; }
    /// <summary>What these are called, or null where no names were logged.</summary>
    public required IReadOnlyList<string>? ClassNames { get; init; }
    /// <summary>Whether the scores are probabilities.</summary>
    public required bool Probabilities { get; init; }
    /// <summary>With one score a sample: the score above which class 1 is predicted (0.5 for probabilities, else 0); absent with a score a class.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }
    /// <summary>Share of samples whose highest score is that of their class.</summary>
    public required double? Accuracy { get; init; }
    /// <summary>Mean recall over the classes that have samples.</summary>
    public required double? BalancedAccuracy { get; init; }
    /// <summary>Matthews' correlation coefficient.</summary>
    public required double? Matthews { get; init; }
    /// <summary>Accuracy over the k highest scores, where there are more classes than that.</summary>
    public required IReadOnlyList<TopAccuracy> TopK { get; init; }
    /// <summary>Precision.</summary>
    public required AveragesView Precision { get; init; }
    /// <summary>Recall.</summary>
    public required AveragesView Recall { get; init; }
    /// <summary>F1.</summary>
    public required AveragesView F1 { get; init; }
    /// <summary>Samples of each class listed.</summary>
    public required IReadOnlyList<long> Support { get; init; }
    /// <summary>How often each class listed was predicted.</summary>
    public required IReadOnlyList<long> Predicted { get; init; }
    /// <summary>Areas under the ROC curves, one class against the rest.</summary>
    public required AveragesView Auc { get; init; }
    /// <summary>Average precisions.</summary>
    public required AveragesView AveragePrecision { get; init; }
    /// <summary>Mean −ln p of the true class; null where scores are no probabilities.</summary>
    public required double? LogLoss { get; init; }
    /// <summary>Brier score; with two classes the mean of (p₁ − y)², with more summed over classes.</summary>
    public required double? Brier { get; init; }
    /// <summary>Counts, a row a true class and a column a predicted one; null beyond 100 classes.</summary>
    public required IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }
    /// <summary>Mistakes by number, the most frequent first, 200 at the most.</summary>
    public required IReadOnlyList<ConfusionCellView> Mistakes { get; init; }
    /// <summary>ROC curves of the classes that have samples: all of up to 20, of more the most frequent 20.</summary>
    public required IReadOnlyList<RocView> Roc { get; init; }
    /// <summary>Precision-recall curves of the same.</summary>
    public required IReadOnlyList<PrecisionRecallView> Pr { get; init; }
    /// <summary>ROC curve of all decisions together; absent where one class is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RocView? RocMicro { get; init; }
    /// <summary>Mean true positive rate over the classes at equal false positive rates.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RocView? RocMacro { get; init; }
    /// <summary>Precision-recall curve of all decisions together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PrecisionRecallView? PrMicro { get; init; }
    /// <summary>Reliability; null where scores are no probabilities.</summary>
    public required CalibrationView? Calibration { get; init; }
    /// <summary>Thumbnails of the samples; absent where none were logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpriteReference? Sprite { get; init; }
    /// <summary>Why something is null, missing or cut.</summary>
    public required IReadOnlyList<EvaluationReason> Reasons { get; init; }
}
