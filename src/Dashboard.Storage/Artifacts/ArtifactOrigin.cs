namespace Dashboard.Storage;

/// <summary>Why a file was saved, and how good what it holds was then.</summary>
/// <param name="Reason">periodic, best, last, manual or interrupted; null where nobody said.</param>
/// <param name="Metric">Tag of the metric it was judged by, or null.</param>
/// <param name="MetricValue">That metric then; NaN where it was none, null without a metric.</param>
/// <param name="MetricGoal">min or max: which values of the metric are better; null where nobody said.</param>
public sealed record ArtifactOrigin(string? Reason, string? Metric, double? MetricValue, string? MetricGoal)
{
    /// <summary>Nothing was said.</summary>
    public static ArtifactOrigin Unknown { get; } = new(null, null, null, null);
}
