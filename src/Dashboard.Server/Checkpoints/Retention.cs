using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Applies what rules say, and deletes what a person names. What guards a checkpoint is looked at again right before.</summary>
internal sealed partial class Retention(
    IArtifactStore artifacts, IRunStore runs, CheckpointReads reads, RetentionReads plans, RetentionSettings settings, AuditLog audit, ILogger<Retention> logger) : IDisposable
{
    // One at a time: whether a checkpoint is the last or the best depends on what else is there.
    private readonly SemaphoreSlim _gate = new(1, 1);

    public void Dispose() => _gate.Dispose();

    /// <summary>What rules would do in a project, without doing it.</summary>
    public Task<RetentionPlanView> PlanAsync(string project, RetentionRules rules, CancellationToken cancellation) => plans.ShowAsync(project, rules, cancellation);

    /// <summary>Applies the rules of every project that switched them on.</summary>
    public async Task<RetentionOutcome> SweepAsync(CancellationToken cancellation)
    {
        var all = default(RetentionOutcome);
        foreach (var (project, rules) in await settings.EnabledAsync(cancellation))
        {
            await _gate.WaitAsync(cancellation);
            try
            {
                var done = await ApplyAsync(await plans.FindAsync(project, rules, cancellation), cancellation);
                if (done.All > 0)
                    await TellAsync(project, done);
                all += done;
            }
            finally
            {
                _gate.Release();
            }
        }
        return all;
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

    private async Task<RetentionOutcome> ApplyAsync(RetentionWork work, CancellationToken cancellation)
    {
        var done = default(RetentionOutcome);
        foreach (var (action, run) in work.Runs)
        {
            // Taken out of the trash, or come alive, since it was looked at: it stays for now, and the next round looks again.
            if (await runs.FindAsync(run.Id, cancellation) is not { } now || now.Trashed != run.Trashed || now.Updated != run.Updated || !now.Tags.SequenceEqual(run.Tags))
                continue;
            if (action == RunRetention.Remove)
                done += new RetentionOutcome(0, 0, 0, 0, await runs.RemoveAsync(run.Id, cancellation) ? 1 : 0);
            else if (action == RunRetention.Archive)
                done += new RetentionOutcome(0, 0, 0, await runs.ChangeAsync(run.Id, new RunChange { Archived = true }, cancellation) is null ? 0 : 1, 0);
            else
                done += new RetentionOutcome(0, 0, await runs.ChangeAsync(run.Id, new RunChange { Trashed = true }, cancellation) is null ? 0 : 1, 0, 0);
        }
        foreach (var (runId, go) in work.Checkpoints)
            done += new RetentionOutcome((await artifacts.RemoveVersionsAsync(runId, [.. go.Select(one => one.Artifact.Id)], cancellation)).Count, 0, 0, 0, 0);
        foreach (var run in work.Artifacts.GroupBy(one => one.RunId))
            done += new RetentionOutcome(0, (await artifacts.RemoveVersionsAsync(run.Key, [.. run.Select(one => one.Artifact.Id)], cancellation)).Count, 0, 0, 0);
        return done;
    }

    private Task TellAsync(string project, RetentionOutcome done)
    {
        Swept(project, done.Checkpoints, done.Artifacts, done.Trashed, done.Archived, done.Removed);
        return audit.WriteAsync(Caller.Server, null, "retention.applied", project, null, new Dictionary<string, string>
        {
            ["checkpoints"] = Text(done.Checkpoints),
            ["artifacts"] = Text(done.Artifacts),
            ["trashed"] = Text(done.Trashed),
            ["archived"] = Text(done.Archived),
            ["removed"] = Text(done.Removed),
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(2030, LogLevel.Information,
        "Retention of project {Project} deleted {Checkpoints} checkpoints and {Artifacts} other artifacts, put {Trashed} runs in the trash and {Archived} in the archive, and removed {Removed} for good.")]
    private partial void Swept(string project, int checkpoints, int artifacts, int trashed, int archived, int removed);
}
