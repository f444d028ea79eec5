using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Judges the checkpoints of a run: by the metric asked for, and by every metric that guards one.</summary>
internal sealed class CheckpointReads(IArtifactStore artifacts, ISeriesStore series, MetricAtSteps values)
{
    public const string Type = "checkpoint";
    public const string LastGuard = "last";
    public const string KeptGuard = "kept";
    public const string BestGuard = "best:";

    /// <summary>The checkpoints of a run, or null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="metric">Metric to judge by, or null for that of the rules, else what was saved with the checkpoints, else the likeliest of the run.</param>
    /// <param name="goal">min or max, or null.</param>
    /// <param name="rules">Retention rules of the project: their metric guards its best.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async Task<CheckpointSet?> ReadAsync(string runId, string? metric, string? goal, RetentionRules rules, CancellationToken cancellation) =>
        await artifacts.ListAsync(runId, Type, null, true, cancellation) is { } all ? await JudgeAsync(runId, all, metric, goal, rules, cancellation) : null;

    /// <summary>Judges checkpoints that were read already, newest first.</summary>
    public async Task<CheckpointSet> JudgeAsync(
        string runId, IReadOnlyList<ArtifactInfo> all, string? metric, string? goal, RetentionRules rules, CancellationToken cancellation)
    {
        var logged = all.Where(one => one.Origin.Metric is not null).GroupBy(one => one.Origin.Metric!).OrderByDescending(group => group.Count()).Select(group => group.Key).ToList();
        var usual = rules.Metric ?? logged.FirstOrDefault() ?? await LikeliestAsync(runId, all, cancellation);
        var chosen = metric ?? usual;
        // Whatever is asked for, what guards a checkpoint does not depend on it.
        var guarding = logged.Append(usual).OfType<string>().Distinct().ToList();
        var guards = all.ToDictionary(one => one.Id, _ => new List<string>());
        if (all.Count > 0)
            guards[all[0].Id].Add(LastGuard);
        var judged = new Dictionary<string, IReadOnlyDictionary<string, (double Value, long? Step)>>();
        foreach (var tag in guarding.Append(chosen).OfType<string>().Distinct())
            judged[tag] = await ValuesAsync(runId, all, tag, cancellation);
        foreach (var tag in guarding)
        {
            if (Best(all, judged[tag], Goal(all, tag, null, rules).Goal) is { } best)
                guards[best.Id].Add(BestGuard + tag);
        }
        foreach (var kept in all.Where(one => one.Kept))
            guards[kept.Id].Add(KeptGuard);
        var (aim, from) = chosen is null ? (MetricGoals.Min, "name") : Goal(all, chosen, goal, rules);
        return new CheckpointSet(chosen, aim, from, logged, [.. all.Select(one =>
            chosen is not null && judged[chosen].TryGetValue(one.Id, out var found)
                ? new Checkpoint(one, found.Value, found.Step, guards[one.Id])
                : new Checkpoint(one, null, null, guards[one.Id]))]);
    }

    /// <summary>The best of some checkpoints; null where none has a finite value. Of equals the first that was saved.</summary>
    public static Checkpoint? Best(IEnumerable<Checkpoint> checkpoints, string goal) => InOrder(checkpoints, goal).FirstOrDefault();

    /// <summary>Those that have a finite value, the best first.</summary>
    public static IEnumerable<Checkpoint> InOrder(IEnumerable<Checkpoint> checkpoints, string goal) => checkpoints
        .Where(one => one.Value is { } value && double.IsFinite(value))
        .Reverse()
        .OrderBy(one => goal == MetricGoals.Max ? -one.Value : one.Value);

    private static ArtifactInfo? Best(IReadOnlyList<ArtifactInfo> all, IReadOnlyDictionary<string, (double Value, long? Step)> judged, string goal) =>
        Best(all.Where(one => judged.ContainsKey(one.Id)).Select(one => new Checkpoint(one, judged[one.Id].Value, null, [])), goal)?.Artifact;

    private static (string Goal, string From) Goal(IReadOnlyList<ArtifactInfo> all, string metric, string? given, RetentionRules rules)
    {
        if (given is not null)
            return (given, "given");
        if (rules.Goal is not null && rules.Metric == metric)
            return (rules.Goal, "given");
        var logged = all.FirstOrDefault(one => one.Origin.Metric == metric && one.Origin.MetricGoal is not null)?.Origin.MetricGoal;
        return logged is not null ? (logged, "logged") : (MetricGoals.Guess(metric), "name");
    }

    private async Task<string?> LikeliestAsync(string runId, IReadOnlyList<ArtifactInfo> all, CancellationToken cancellation)
    {
        if (all.Count == 0)
            return null;
        var list = await series.ListAsync(runId, cancellation) ?? [];
        return MetricGoals.Likeliest(list.Where(one => one.Kind == RecordKind.Scalar).Select(one => one.Tag));
    }

    private async Task<IReadOnlyDictionary<string, (double Value, long? Step)>> ValuesAsync(
        string runId, IReadOnlyList<ArtifactInfo> all, string tag, CancellationToken cancellation)
    {
        var found = new Dictionary<string, (double, long?)>();
        foreach (var one in all.Where(one => one.Origin.Metric == tag && one.Origin.MetricValue is not null))
            found[one.Id] = (one.Origin.MetricValue!.Value, null);
        var others = all.Where(one => one.Step is not null && !found.ContainsKey(one.Id)).ToList();
        var joined = await values.ReadAsync(runId, tag, [.. others.Select(one => one.Step!.Value)], cancellation);
        foreach (var one in others)
        {
            if (joined.TryGetValue(one.Step!.Value, out var value))
                found[one.Id] = (value.Value, value.Step);
        }
        return found;
    }
}
