namespace Dashboard.Server;

/// <summary>One thing that a caller may do, and where.</summary>
/// <param name="Right">What.</param>
/// <param name="Project">Name of the project; null for every project, those included that do not exist yet.</param>
/// <param name="RunIds">In these runs alone; null for all of the project.</param>
/// <param name="Tags">Series of these tags alone; null for all.</param>
internal sealed record AccessGrant(AccessRight Right, string? Project = null, IReadOnlySet<string>? RunIds = null, IReadOnlySet<string>? Tags = null)
{
    /// <summary>Id of the report that may be read beside the runs; null for none. Of a share link alone.</summary>
    public string? ReportId { get; init; }

    /// <summary>Whether this is a share link's: some runs, and perhaps some tags, of one project.</summary>
    public bool IsShared => RunIds is not null;

    /// <summary>Whether this is enough for a right, wherever it holds.</summary>
    public bool Covers(AccessRight right) => right == AccessRight.Work
        ? Right is AccessRight.Work or AccessRight.Administer
        : Right != AccessRight.Work && Right >= right;

    /// <summary>Whether this is enough for a right in the whole of a project.</summary>
    public bool Covers(AccessRight right, string project) => Covers(right) && RunIds is null && (Project is null || Project == project);

    /// <summary>Whether this is enough for a right in a run of a project.</summary>
    public bool Covers(AccessRight right, string project, string runId) =>
        Covers(right) && (Project is null || Project == project) && (RunIds is null || RunIds.Contains(runId));
}
