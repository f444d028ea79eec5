namespace Dashboard.Server;

/// <summary>What a caller sees of one project: all of it, some runs and perhaps some of their tags, or nothing.</summary>
internal sealed class ProjectScope
{
    private readonly Caller? _caller;
    private readonly string _project;

    private ProjectScope(Caller? caller, string project) => (_caller, _project) = (caller, project);

    /// <summary>All of a project.</summary>
    public static ProjectScope Whole { get; } = new(null, "");

    /// <summary>What a caller sees of a project; nothing where there is none of this name.</summary>
    public static ProjectScope Of(Caller caller, string project) =>
        caller.May(AccessRight.Read, project) ? Whole : new ProjectScope(caller, project) { RunIds = caller.Sees(project) ? Runs(caller, project) : [] };

    /// <summary>Whether nothing of the project is hidden.</summary>
    public bool IsWhole => _caller is null;

    /// <summary>The runs that are seen; empty where <see cref="IsWhole"/> says that all are.</summary>
    public IReadOnlyCollection<string> RunIds { get; private init; } = [];

    /// <summary>Whether a run is seen, or something of it.</summary>
    public bool Shows(string runId) => _caller is null || _caller.May(AccessRight.Read, _project, runId);

    /// <summary>Whether a series of a run is seen.</summary>
    public bool Shows(string runId, string tag) =>
        _caller is null || (_caller.May(AccessRight.Read, _project, runId) && _caller.TagsOf(_project, runId)?.Contains(tag) != false);

    /// <summary>The tags of a run that are seen; null for all.</summary>
    public IReadOnlySet<string>? TagsOf(string runId) => _caller?.TagsOf(_project, runId);

    /// <summary>Whether a run is seen with all its tags.</summary>
    public bool ShowsWhole(string runId) => _caller is null || (_caller.May(AccessRight.Read, _project, runId) && _caller.TagsOf(_project, runId) is null);

    private static List<string> Runs(Caller caller, string project) =>
        [.. caller.Grants.Where(grant => grant.IsShared && grant.Project == project).SelectMany(grant => grant.RunIds!).Distinct(StringComparer.Ordinal)];
}
