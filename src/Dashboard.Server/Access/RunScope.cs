namespace Dashboard.Server;

/// <summary>What a caller sees of the runs that a request names. What is hidden gets an id that no run has, and so is answered as what does not exist.</summary>
internal sealed class RunScope
{
    // Ids are hexadecimal: none begins with it.
    private const char Hidden = '-';

    private readonly Caller? _caller;
    private readonly IReadOnlyDictionary<string, string> _projects;

    private RunScope(Caller? caller, IReadOnlyDictionary<string, string> projects) => (_caller, _projects) = (caller, projects);

    /// <summary>Nothing is hidden.</summary>
    public static RunScope Everything { get; } = new(null, new Dictionary<string, string>());

    /// <summary>What a caller sees of runs.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="projects">The projects of those runs that exist.</param>
    public static RunScope Of(Caller caller, IReadOnlyDictionary<string, string> projects) => new(caller, projects);

    /// <summary>The id, or one that no run has.</summary>
    public string Mask(string runId) => _caller is null || IsSeen(runId) ? runId : Hidden + runId;

    /// <summary>The id of the run for a read of one of its series, or one that no run has.</summary>
    public string Mask(string runId, string tag) => _caller is null || (IsSeen(runId) && TagsOf(runId)?.Contains(tag) != false) ? runId : Hidden + runId;

    /// <summary>The id of the run for a read that is not of one series, or one that no run has.</summary>
    public string MaskPart(string runId) => _caller is null || (IsSeen(runId) && TagsOf(runId) is null) ? runId : Hidden + runId;

    /// <summary>Ends the request where the caller lacks a right in one of the runs that they see: nothing is done by halves.</summary>
    public void Require(AccessRight right, IEnumerable<string> runIds)
    {
        if (_caller is not null && runIds.Any(id => id is not null && _projects.TryGetValue(id, out var project) && !_caller.May(right, project, id)))
            throw AccessProblems.Forbidden(right);
    }

    /// <summary>The id as it was asked for.</summary>
    public string Unmask(string runId) => _caller is not null && runId.StartsWith(Hidden) && runId.Length > 1 ? runId[1..] : runId;

    /// <summary>Whether a run is seen through a share link alone.</summary>
    public bool IsShared(string runId) =>
        _caller is not null && _projects.TryGetValue(runId, out var project) && !_caller.May(AccessRight.Read, project) && !_caller.May(AccessRight.Work, project);

    /// <summary>The tags of a run that are seen; null for all.</summary>
    public IReadOnlySet<string>? TagsOf(string runId) => _caller is null || !_projects.TryGetValue(runId, out var project) ? null : _caller.TagsOf(project, runId);

    private bool IsSeen(string? runId) => runId is not null && _projects.TryGetValue(runId, out var project) && _caller!.May(AccessRight.Read, project, runId);
}
