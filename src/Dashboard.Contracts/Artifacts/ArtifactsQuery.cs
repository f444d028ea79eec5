namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/artifacts/query</c>: the artifacts of many runs at once.</summary>
public sealed record ArtifactsQuery
{
    /// <summary>Runs to list; ids of no run are passed over.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Only this type; absent or null for all.</summary>
    public string? Type { get; init; }
    /// <summary>True for every version and not the newest of each name alone.</summary>
    public bool Versions { get; init; }
}
