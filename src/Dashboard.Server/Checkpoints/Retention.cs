using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Deletes checkpoints: what rules let go, or what a person names. What guards a checkpoint is looked at again right before.</summary>
internal sealed partial class Retention(
    IArtifactStore artifacts, IRunStore runs, CheckpointReads reads, RetentionSettings settings, TimeProvider clock, ILogger<Retention> logger) : IDisposable
{
    // What a page can show; the counts say the rest.
    private const int MostItems = 1000;

    // One at a time: whether a checkpoint is the last or the best depends on what else is there.
    private readonly SemaphoreSlim _gate = new(1, 1);

    public void Dispose() => _gate.Dispose();

    /// <summary>What rules would delete in a project, without deleting it.</summary>
    public async Task<RetentionPlanView> PlanAsync(string project, RetentionRules rules, CancellationToken cancellation)
    {
        var items = new List<RetentionPlanItem>();
        var (count, stay, guardedAll) = (0, 0, 0);
        long size = 0;
        foreach (var (runId, set) in await ReadAsync(project, rules, cancellation))
        {
            var (go, guarded) = RetentionPlan.Of(set, rules, Now);
            count += go.Count;
            stay += set.Items.Count - go.Count;
            guardedAll += guarded;
            size += go.Sum(one => one.Artifact.Size);
            if (go.Count == 0 || items.Count >= MostItems)
                continue;
            var name = (await runs.FindAsync(runId, cancellation))?.Name ?? runId;
            items.AddRange(go.Take(MostItems - items.Count).Select(one => new RetentionPlanItem(runId, name, ArtifactViews.Of(one.Artifact), one.Value)));
        }
        return new RetentionPlanView(items, count, size, stay, guardedAll);
    }

    /// <summary>Applies the rules of every project that switched them on; answers how many checkpoints went.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var gone = 0;
        foreach (var (project, rules) in await settings.EnabledAsync(cancellation))
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                var removed = 0;
                foreach (var (runId, set) in await ReadAsync(project, rules, cancellation))
                {
                    var (go, _) = RetentionPlan.Of(set, rules, Now);
                    if (go.Count > 0)
                        removed += (await artifacts.RemoveVersionsAsync(runId, [.. go.Select(one => one.Artifact.Id)], cancellation)).Count;
                }
                if (removed > 0)
                    Swept(project, removed);
                gone += removed;
            }
            finally
            {
                _gate.Release();
            }
        }
        return gone;
    }

    /// <summary>Deletes one checkpoint.</summary>
    /// <exception cref="ApiProblemException">404 for none of this id, 409 where something guards it.</exception>
    public async Task RemoveAsync(string project, string runId, string id, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var rules = (await settings.ReadAsync(project, cancellation)).Rules;
            var set = await reads.ReadAsync(runId, null, null, rules, cancellation) ?? throw ApiProblems.RunNotFound();
            var found = set.Items.FirstOrDefault(one => one.Artifact.Id == id) ?? throw ApiProblems.ArtifactNotFound();
            if (found.Guards.Count > 0)
                throw ApiProblems.CheckpointGuarded(found.Guards);
            await artifacts.RemoveVersionsAsync(runId, [id], cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private double Now => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private async Task<IReadOnlyList<(string RunId, CheckpointSet Set)>> ReadAsync(string project, RetentionRules rules, CancellationToken cancellation)
    {
        var sets = new List<(string, CheckpointSet)>();
        foreach (var run in (await artifacts.ListProjectAsync(project, CheckpointReads.Type, cancellation)).GroupBy(one => one.RunId))
            sets.Add((run.Key, await reads.JudgeAsync(run.Key, [.. run.Select(one => one.Info)], null, null, rules, cancellation)));
        return sets;
    }

    [LoggerMessage(2030, LogLevel.Information, "Retention of project {Project} deleted {Count} checkpoints.")]
    private partial void Swept(string project, int count);
}
