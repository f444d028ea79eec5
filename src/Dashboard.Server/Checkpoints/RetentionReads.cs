using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Finds what rules let go of a project, and shows it.</summary>
internal sealed class RetentionReads(IArtifactStore artifacts, IRunIndex runs, CheckpointReads reads, TimeProvider clock)
{
    // What a page can show; the counts say the rest.
    private const int MostItems = 1000;

    /// <summary>What goes right now.</summary>
    public async Task<RetentionWork> FindAsync(string project, RetentionRules rules, CancellationToken cancellation)
    {
        var now = clock.Seconds();
        var all = new List<RunInfo>();
        // Without their configurations, which may be large and matter to no rule.
        await runs.VisitAsync(project, run => all.Add(run with { ConfigJson = "{}" }), cancellation);
        var aside = RunRetention.Of(all, rules, now);
        // What goes as a whole, or stays as a whole, is not looked at piece by piece.
        var kept = all.Where(run => RunRetention.IsKept(run, rules)).Select(run => run.Id).ToHashSet();
        var open = all.Select(run => run.Id).Except(kept).Except(aside.Where(one => one.Action == RunRetention.Remove).Select(one => one.Run.Id)).ToHashSet();
        var checkpoints = new List<(string, IReadOnlyList<Checkpoint>)>();
        var (stay, guarded) = (0, 0);
        foreach (var run in (await artifacts.ListProjectAsync(project, CheckpointReads.Type, cancellation)).GroupBy(one => one.RunId))
        {
            if (!open.Contains(run.Key))
            {
                stay += kept.Contains(run.Key) ? run.Count() : 0;
                continue;
            }
            var set = await reads.JudgeAsync(run.Key, [.. run.Select(one => one.Info)], null, null, rules, cancellation);
            var (go, held) = RetentionPlan.Of(set, rules, now);
            stay += set.Items.Count - go.Count;
            guarded += held;
            if (go.Count > 0)
                checkpoints.Add((run.Key, go));
        }
        var others = new List<(string RunId, ArtifactInfo Info)>();
        foreach (var rule in rules.Artifacts ?? [])
        {
            others.AddRange((await artifacts.ListProjectAsync(project, rule.Type!, cancellation))
                .Where(one => open.Contains(one.RunId) && !one.Info.Kept && now - one.Info.Created > rule.OlderThanDays * RunRetention.DaySeconds));
        }
        return new RetentionWork(aside, checkpoints, [.. others.OrderBy(one => one.Info.Created)], all.ToDictionary(run => run.Id, run => run.Name), stay, guarded);
    }

    /// <summary>What goes right now, as a page shows it.</summary>
    public async Task<RetentionPlanView> ShowAsync(string project, RetentionRules rules, CancellationToken cancellation)
    {
        var work = await FindAsync(project, rules, cancellation);
        var removed = work.Runs.Where(one => one.Action == RunRetention.Remove).Select(one => one.Run.Id).ToList();
        var shown = work.Runs.Take(MostItems).ToList();
        var sizes = await runs.ReadSizesAsync([.. shown.Select(one => one.Run.Id).Union(removed)], cancellation);
        var checkpoints = work.Checkpoints.SelectMany(run => run.Go.Select(one => (run.RunId, Checkpoint: one))).ToList();
        return new RetentionPlanView(
            [.. checkpoints.Take(MostItems).Select(one => new RetentionPlanItem(one.RunId, NameOf(work, one.RunId), ArtifactViews.Of(one.Checkpoint.Artifact), one.Checkpoint.Value))],
            checkpoints.Count, checkpoints.Sum(one => one.Checkpoint.Artifact.Size), work.Stay, work.Guarded)
        {
            Artifacts = [.. work.Artifacts.Take(MostItems).Select(one => new RetentionPlanItem(one.RunId, NameOf(work, one.RunId), ArtifactViews.Of(one.Artifact), null))],
            ArtifactCount = work.Artifacts.Count,
            ArtifactSize = work.Artifacts.Sum(one => one.Artifact.Size),
            Runs = [.. shown.Select(one => ViewOf(one.Action, one.Run, sizes.GetValueOrDefault(one.Run.Id)))],
            RunsTrashed = work.Runs.Count(one => one.Action == RunRetention.Trash),
            RunsArchived = work.Runs.Count(one => one.Action == RunRetention.Archive),
            RunsRemoved = removed.Count,
            RunsRemovedSize = removed.Sum(id => sizes.GetValueOrDefault(id).Bytes),
        };
    }

    private static RetentionPlanRun ViewOf(string action, RunInfo run, RunSize size) => new(action, run.Id, run.Name, run.Updated, run.Trashed, size.Points, size.Bytes);

    private static string NameOf(RetentionWork work, string runId) => work.Names.GetValueOrDefault(runId) ?? runId;
}
