using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks what a request says of retention.</summary>
internal static class RetentionChecks
{
    // Beyond this a rule keeps everything there is.
    private const int MostKept = 10_000;
    private const double MostDays = 36_500;
    private const int MostTags = 100;

    // Checkpoints have rules of their own.
    private static readonly string[] Types = ["model", "batch", "landscape", "projection", "image", "file"];

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
        if (rules.RunsAfterDays is { } quiet && !(quiet >= 1 && quiet <= MostDays))
            errors.Add("/rules/runs_after_days", "out_of_range", $"runs_after_days must be from 1 to {MostDays}, or null.");
        if (rules.RunsTo is not (null or RunRetention.Trash or RunRetention.Archive))
            errors.Add("/rules/runs_to", "unknown_place", "runs_to must be trash or archive, or null.");
        if (rules.EmptyTrashAfterDays is { } trashed && !(trashed >= 0 && trashed <= MostDays))
            errors.Add("/rules/empty_trash_after_days", "out_of_range", $"empty_trash_after_days must be from 0 to {MostDays}, or null.");
        Tags(rules.KeepTags ?? [], errors, limits);
        Artifacts(rules.Artifacts ?? [], errors);
    }

    private static void Tags(IReadOnlyList<string> tags, BodyErrors errors, ApiLimits limits)
    {
        if (tags.Count > MostTags)
            errors.Add("/rules/keep_tags", "too_many", $"keep_tags may hold {MostTags} tags at the most.");
        for (var at = 0; at < Math.Min(tags.Count, MostTags); at++)
        {
            if (NameRule.Check(tags[at], limits.MaxNameBytes, "The tag") is { } fault)
                errors.Add($"/rules/keep_tags/{at}", fault.Code, fault.Message);
        }
    }

    private static void Artifacts(IReadOnlyList<ArtifactRetentionRule> rules, BodyErrors errors)
    {
        var seen = new HashSet<string>();
        for (var at = 0; at < Math.Min(rules.Count, Types.Length + 1); at++)
        {
            if (rules[at]?.Type is not { } type || !Types.Contains(type))
                errors.Add($"/rules/artifacts/{at}/type", "unknown_type", $"The type must be one of {string.Join(", ", Types)}; checkpoints have rules of their own.");
            else if (!seen.Add(type))
                errors.Add($"/rules/artifacts/{at}/type", "given_twice", $"There is a rule for {type} already.");
            if (!(rules[at]?.OlderThanDays is >= 0 and <= MostDays))
                errors.Add($"/rules/artifacts/{at}/older_than_days", "out_of_range", $"older_than_days must be from 0 to {MostDays}.");
        }
    }
}
