using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What one set of predicted numbers is worth: answer of <c>GET /api/v1/runs/{run_id}/regression</c>. What is null has its reason in <see cref="Reasons"/>.</summary>
public sealed record RegressionView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required double WallTime { get; init; }
    /// <summary>Samples logged.</summary>
    public required int Samples { get; init; }
    /// <summary>Means over the outputs, each as much as any other.</summary>
    public required RegressionMeasures Mean { get; init; }
    /// <summary>Each output.</summary>
    public required IReadOnlyList<RegressionOutputView> Outputs { get; init; }
    /// <summary>The output that <see cref="Points"/> and <see cref="Residuals"/> are of.</summary>
    public required int Output { get; init; }
    /// <summary>Samples to draw.</summary>
    public required RegressionPoints Points { get; init; }
    /// <summary>Histogram of residuals.</summary>
    public required ResidualsView Residuals { get; init; }
    /// <summary>Thumbnails of the samples; absent where none were logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpriteReference? Sprite { get; init; }
    /// <summary>Why something is null or missing.</summary>
    public required IReadOnlyList<EvaluationReason> Reasons { get; init; }
}
