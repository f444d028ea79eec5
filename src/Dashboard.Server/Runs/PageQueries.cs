using Dashboard.Contracts;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>What pages may ask, for the one who asked for the page.</summary>
internal sealed class PageQueries(DashboardQueries queries, IHttpContextAccessor requests) : IDashboardQueries
{
    public Task<IReadOnlyList<ProjectView>> ListProjectsAsync(CancellationToken cancellation) => queries.ListProjectsAsync(Caller, cancellation);

    public Task<Page<RunView>> ListRunsAsync(string project, string? query, int limit, string? cursor, CancellationToken cancellation) =>
        queries.ListRunsAsync(Caller, project, query, limit, cursor, trash: false, cancellation);

    public Task<RunView?> FindRunAsync(string runId, CancellationToken cancellation) => queries.FindRunAsync(Caller, runId, cancellation);

    public bool MayImport => Caller.MayEverywhere(AccessRight.Manage);

    // Without a request there is nobody who could see anything.
    private Caller Caller => requests.HttpContext?.Caller() ?? Server.Caller.Nobody;
}
