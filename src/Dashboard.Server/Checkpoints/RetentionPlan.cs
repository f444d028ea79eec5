using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Which checkpoints of a run its project's rules let go: a pure function of what there is.</summary>
internal static class RetentionPlan
{
    /// <summary>What goes, the oldest first, and how many stay only because something guards them.</summary>
    /// <param name="set">All checkpoints of a run, newest first, judged by the rules' metric.</param>
    /// <param name="rules">The rules; without any nothing goes.</param>
    /// <param name="now">Seconds since the Unix epoch.</param>
    public static (IReadOnlyList<Checkpoint> Go, int Guarded) Of(CheckpointSet set, RetentionRules rules, double now)
    {
        if (rules is { KeepLast: null, KeepBest: null, KeepEvery: null, OlderThanDays: null })
            return ([], 0);
        var stay = new HashSet<string>();
        if (rules.KeepLast is { } last)
            stay.UnionWith(set.Items.Take(last).Select(one => one.Artifact.Id));
        if (rules.KeepBest is { } best)
            stay.UnionWith(CheckpointReads.InOrder(set.Items, set.Goal).Take(best).Select(one => one.Artifact.Id));
        if (rules.KeepEvery is { } every)
        {
            // The newest version of such a step: a step that was saved again replaces what a restart threw away.
            var steps = set.Items.Where(one => one.Artifact.Step is { } step && step % every == 0).GroupBy(one => one.Artifact.Step);
            stay.UnionWith(steps.Select(versions => versions.First().Artifact.Id));
        }
        if (rules.OlderThanDays is { } days)
            stay.UnionWith(set.Items.Where(one => now - one.Artifact.Created <= days * RunRetention.DaySeconds).Select(one => one.Artifact.Id));
        var loose = set.Items.Where(one => !stay.Contains(one.Artifact.Id)).ToList();
        var go = loose.Where(one => one.Guards.Count == 0).Reverse().ToList();
        return (go, loose.Count - go.Count);
    }
}
