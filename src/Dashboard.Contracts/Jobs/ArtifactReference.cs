namespace Dashboard.Contracts;

/// <summary>Names an artifact: its newest version, or the one of an id.</summary>
public sealed record ArtifactReference
{
    /// <summary>Run that has it.</summary>
    public string? RunId { get; init; }
    /// <summary>Name within the run.</summary>
    public string? Name { get; init; }
    /// <summary>Id of a version. The server fills it in when the job is posted, so that a retry computes the same.</summary>
    public string? Id { get; init; }
}
