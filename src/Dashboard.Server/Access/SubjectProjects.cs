using System.Collections.Concurrent;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Which project a run, a job or a view belongs to. None of them ever changes its project, so what was read is kept.</summary>
internal sealed class SubjectProjects(IRunIndex runs, IJobStore jobs, IViewStore views)
{
    // Some 200 bytes each; beyond this many it begins anew.
    private const int MostKept = 50_000;
    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    /// <summary>The project of a run, or null where there is no such run.</summary>
    public ValueTask<string?> OfRunAsync(string runId, CancellationToken cancellation) => FindAsync("run " + runId, async () =>
    {
        string? project = null;
        await runs.VisitAsync([runId], run => project = run.Project, cancellation);
        return project;
    });

    /// <summary>The projects of those runs that exist.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfRunsAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation)
    {
        var projects = new Dictionary<string, string>(runIds.Count, StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var runId in runIds)
        {
            if (_kept.TryGetValue("run " + runId, out var project))
                projects[runId] = project;
            else
                missing.Add(runId);
        }
        if (missing.Count > 0)
        {
            await runs.VisitAsync(missing, run =>
            {
                projects[run.Id] = run.Project;
                Keep("run " + run.Id, run.Project);
            }, cancellation);
        }
        return projects;
    }

    /// <summary>The project of a job, or null where there is no such job.</summary>
    public ValueTask<string?> OfJobAsync(string jobId, CancellationToken cancellation) =>
        FindAsync("job " + jobId, async () => (await jobs.FindAsync(jobId, cancellation))?.Project);

    /// <summary>The project of a saved view, or null where there is no such view.</summary>
    public ValueTask<string?> OfViewAsync(string viewId, CancellationToken cancellation) =>
        FindAsync("view " + viewId, async () => (await views.FindAsync(viewId, cancellation))?.Project);

    private async ValueTask<string?> FindAsync(string subject, Func<Task<string?>> find)
    {
        if (_kept.TryGetValue(subject, out var kept))
            return kept;
        var project = await find();
        if (project is not null)
            Keep(subject, project);
        return project;
    }

    private void Keep(string subject, string project)
    {
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[subject] = project;
    }
}
