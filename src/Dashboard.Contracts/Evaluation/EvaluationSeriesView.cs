using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Measures of the predictions of one run and tag over steps.</summary>
public sealed record EvaluationSeriesView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary><c>classification</c> or <c>regression</c>, as the last of them is.</summary>
    public required string Task { get; init; }
    /// <summary>How many the window of steps holds; what follows may be a choice of them.</summary>
    public required long Total { get; init; }
    /// <summary>Training steps, in the order logged.</summary>
    public required IReadOnlyList<long> Steps { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required IReadOnlyList<double> WallTimes { get; init; }
    /// <summary>
    /// Measures by name, one number a step, null where it is undefined. A classifier: accuracy, balanced_accuracy, precision_macro, recall_macro, f1_macro, f1_weighted, auc_macro,
    /// average_precision_macro, log_loss, brier, ece, matthews. A regression: r2, mae, rmse, median_absolute, bias.
    /// </summary>
    public required IReadOnlyDictionary<string, double?[]> Measures { get; init; }
    /// <summary>Steps whose stored bytes no longer match their checksum; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? DamagedSteps { get; init; }
}
