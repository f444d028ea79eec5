using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Which runs of a project its rules put aside or remove: a pure function of what there is.</summary>
internal static class RunRetention
{
    public const string Trash = "trash";
    public const string Archive = "archive";
    public const string Remove = "remove";

    public const double DaySeconds = 86_400;

    /// <summary>What is done to which runs, the longest quiet first.</summary>
    /// <param name="runs">All runs of a project, those in the trash included.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="now">Seconds since the Unix epoch.</param>
    public static IReadOnlyList<(string Action, RunInfo Run)> Of(IEnumerable<RunInfo> runs, RetentionRules rules, double now)
    {
        var found = new List<(string, RunInfo)>();
        foreach (var run in runs.Where(run => !IsKept(run, rules)).OrderBy(run => run.Updated).ThenBy(run => run.Order))
        {
            if (run.Trashed is { } trashed)
            {
                if (rules.EmptyTrashAfterDays is { } days && now - trashed > days * DaySeconds)
                    found.Add((Remove, run));
            }
            else if (run.Archived is null && rules.RunsAfterDays is { } days && now - run.Updated > days * DaySeconds)
                found.Add((rules.RunsTo ?? Trash, run));
        }
        return found;
    }

    /// <summary>Whether nothing of a run goes, whatever the rules say.</summary>
    public static bool IsKept(RunInfo run, RetentionRules rules) => rules.KeepTags is { } keep && run.Tags.Any(tag => keep.Contains(tag, StringComparer.Ordinal));
}
