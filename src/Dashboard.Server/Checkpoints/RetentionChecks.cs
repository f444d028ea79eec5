using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks what a request says of retention.</summary>
internal static class RetentionChecks
{
    // Beyond this a rule keeps everything there is.
    private const int MostKept = 10_000;
    private const double MostDays = 36_500;

    public static void Project(string? project, BodyErrors errors)
    {
        if (string.IsNullOrEmpty(project))
            errors.Add("/project", "missing", "The field 'project' is required.");
    }

    public static void Rules(RetentionRules rules, BodyErrors errors, ApiLimits limits)
    {
        if (rules.KeepLast is < 1 or > MostKept)
            errors.Add("/rules/keep_last", "out_of_range", $"keep_last must be from 1 to {MostKept}, or null.");
        if (rules.KeepBest is < 1 or > MostKept)
            errors.Add("/rules/keep_best", "out_of_range", $"keep_best must be from 1 to {MostKept}, or null.");
        if (rules.KeepEvery is < 1)
            errors.Add("/rules/keep_every", "out_of_range", "keep_every must be 1 or more steps, or null.");
        if (rules.OlderThanDays is { } days && !(days >= 0 && days <= MostDays))
            errors.Add("/rules/older_than_days", "out_of_range", $"older_than_days must be from 0 to {MostDays}, or null.");
        if (rules.Metric is not null && NameRule.Check(rules.Metric, limits.MaxNameBytes, "The metric") is { } fault)
            errors.Add("/rules/metric", fault.Code, fault.Message);
        if (rules.Goal is not (null or MetricGoals.Min or MetricGoals.Max))
            errors.Add("/rules/goal", "unknown_goal", "The goal must be min or max, or null.");
    }
}
