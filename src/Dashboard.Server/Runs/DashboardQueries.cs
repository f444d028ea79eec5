using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>Reads of projects and runs, for endpoints, pages and the live hub alike.</summary>
internal sealed class DashboardQueries(IRunStore runs, RunPages pages, ApiLimits limits) : IDashboardQueries
{
    public async Task<IReadOnlyList<ProjectView>> ListProjectsAsync(CancellationToken cancellation) =>
        (await runs.ListProjectsAsync(cancellation)).Select(RunViews.Of).ToList();

    public Task<Page<RunView>> ListRunsAsync(string project, string? query, int limit, string? cursor, CancellationToken cancellation) =>
        ListRunsAsync(project, query, limit, cursor, trash: false, cancellation);

    /// <summary>A page of the runs that a query finds; null for the runs of every project, and the trash where asked.</summary>
    public async Task<Page<RunView>> ListRunsAsync(string? project, string? query, int limit, string? cursor, bool trash, CancellationToken cancellation)
    {
        if (limit < 1 || limit > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The parameter 'limit' must be from 1 to {limits.MaxPageSize}.");
        try
        {
            var page = RunQueries.Parse(query, limits, "/query/query") is { } condition
                ? await pages.FindAsync(project, condition, limit, cursor, trash, cancellation)
                : await runs.ListAsync(new RunQuery(project, limit, cursor, trash, limits.MaxListedSummaryTags), cancellation);
            return new Page<RunView>(page.Items.Select(RunViews.Of).ToList(), page.NextCursor);
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

    public async Task<RunView?> FindRunAsync(string runId, CancellationToken cancellation) =>
        await runs.FindAsync(runId, cancellation) is { } run ? RunViews.Of(run) : null;
}
