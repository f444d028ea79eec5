using Dashboard.Contracts;

namespace Dashboard.Web;

/// <summary>What pages may ask. The same services answer the HTTP endpoints, so a page and a script never disagree.</summary>
public interface IDashboardQueries
{
    /// <summary>All projects, the last changed first.</summary>
    Task<IReadOnlyList<ProjectView>> ListProjectsAsync(CancellationToken cancellation);

    /// <summary>A page of the runs of a project, newest first.</summary>
    Task<Page<RunView>> ListRunsAsync(string project, string? query, int limit, string? cursor, CancellationToken cancellation);

    /// <summary>Whether the reader may take projects in from archives.</summary>
    bool MayImport { get; }

    /// <summary>One run, or null.</summary>
    Task<RunView?> FindRunAsync(string runId, CancellationToken cancellation);
}
