namespace Dashboard.Client;

/// <summary>Why a checkpoint was saved, and how good it was: the dashboard's best, and what its retention never deletes, go by it.</summary>
/// <param name="Reason"><c>periodic</c>, <c>best</c>, <c>last</c>, <c>manual</c> or <c>interrupted</c>, or null.</param>
/// <param name="Metric">Tag of the metric it is judged by, or null.</param>
/// <param name="Value">That metric now; needed with a metric.</param>
/// <param name="Goal"><c>min</c> or <c>max</c>: which values are better; null for what the metric's name says.</param>
public sealed record LossboardOrigin(string? Reason = null, string? Metric = null, double? Value = null, string? Goal = null)
{
    private static readonly string[] Reasons = ["periodic", "best", "last", "manual", "interrupted"];

    /// <exception cref="ArgumentException">A word is not known, or a metric and its value are not given together.</exception>
    internal void Check()
    {
        if (Reason is not null && !Reasons.Contains(Reason))
            throw new ArgumentException($"the reason must be one of {string.Join(", ", Reasons)}, not \"{Reason}\"");
        if (Goal is not (null or "min" or "max"))
            throw new ArgumentException($"the goal must be min or max, not \"{Goal}\"");
        if (Metric is null && (Value is not null || Goal is not null))
            throw new ArgumentException("a value and a goal need a metric: name the tag that they are of");
        if (Metric is not null && Value is null)
            throw new ArgumentException($"the metric \"{Metric}\" needs its value");
        if (Metric is not null && Names.Problem(Metric) is { } problem)
            throw new ArgumentException($"the metric \"{Metric}\" {problem}");
    }
}
