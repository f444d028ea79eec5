using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads of projects and runs, for endpoints, pages and the live hub alike: what a caller sees of them.</summary>
internal sealed class DashboardQueries(IRunStore runs, RunPages pages, ApiLimits limits)
{
    /// <summary>The projects that a caller sees, the last changed first; of those that they see in part, what they see is counted.</summary>
    public async Task<IReadOnlyList<ProjectView>> ListProjectsAsync(Caller caller, CancellationToken cancellation)
    {
        var seen = (await runs.ListProjectsAsync(cancellation)).Select(project => RunViews.Of(project) with { Managed = caller.May(AccessRight.Manage, project.Name) });
        if (caller.MayEverywhere(AccessRight.Read))
            return seen.ToList();
        var projects = new List<ProjectView>();
        foreach (var project in seen.Where(project => caller.Sees(project.Name)))
            projects.Add(ProjectScope.Of(caller, project.Name) is { IsWhole: false } scope ? await CountAsync(project, scope, cancellation) : project);
        return projects;
    }

    /// <summary>A page of the runs that a query finds among those a caller sees; null for the runs of every project, and the trash where asked.</summary>
    public async Task<Page<RunView>> ListRunsAsync(Caller caller, string? project, string? query, int limit, string? cursor, bool trash, CancellationToken cancellation)
    {
        if (limit < 1 || limit > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The parameter 'limit' must be from 1 to {limits.MaxPageSize}.");
        try
        {
            var page = RunQueries.Parse(query, limits, "/query/query") is { } condition
                ? await pages.FindAsync(caller, project, condition, limit, cursor, trash, cancellation)
                : await runs.ListAsync(new RunQuery(project, limit, cursor, trash, limits.MaxListedSummaryTags, RunAccess.Within(caller)), cancellation);
            return new Page<RunView>(page.Items.Select(run => Seen(caller, RunViews.Of(run))).ToList(), page.NextCursor);
        }
        catch (ArgumentException) when (cursor is not null)
        {
            throw ApiProblems.BadParameter("/query/cursor", "The cursor is not one that this server gave; begin again without it.", "invalid_cursor");
        }
        catch (QueryException late)
        {
            throw RunQueries.Problem(late, "/query/query");
        }
    }

    /// <summary>One run as a caller sees it; null where there is none for them.</summary>
    public async Task<RunView?> FindRunAsync(Caller caller, string runId, CancellationToken cancellation) =>
        await FindRunAsync(runId, cancellation) is { } run && caller.May(AccessRight.Read, run.Project, runId) ? Seen(caller, run) : null;

    /// <summary>One run whole, or null; whoever shows it to somebody asks first.</summary>
    public async Task<RunView?> FindRunAsync(string runId, CancellationToken cancellation) =>
        await runs.FindAsync(runId, cancellation) is { } run ? RunViews.Of(run) : null;

    private static RunView Seen(Caller caller, RunView run) =>
        caller.MayEverywhere(AccessRight.Read) || caller.TagsOf(run.Project, run.Id) is not { } tags ? run : RunViews.OfTags(run, tags);

    private async Task<ProjectView> CountAsync(ProjectView project, ProjectScope scope, CancellationToken cancellation)
    {
        var found = new List<RunInfo>();
        string? cursor = null;
        do
        {
            var page = await runs.ListAsync(new RunQuery(project.Name, limits.MaxPageSize, cursor, SummaryTags: 0, Within: new RunsWithin([], scope.RunIds)), cancellation);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return found.Count == 0
            ? project with { Runs = 0, Running = 0, Created = 0, Updated = 0 }
            : project with { Runs = found.Count, Running = found.Count(run => run.Status == RunStatus.Running), Created = found.Min(run => run.Created), Updated = found.Max(run => run.Updated) };
    }
}
