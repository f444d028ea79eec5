namespace Dashboard.Contracts;

/// <summary>A run as a table shows it.</summary>
public sealed record RunTableRow
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }
    /// <summary>Name within the project.</summary>
    public required string Name { get; init; }
    /// <summary>Group of runs that belong together, or null.</summary>
    public string? Group { get; init; }
    /// <summary><c>running</c>, <c>finished</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Slot of the palette that a person chose, 0 to 8, or null for the automatic one.</summary>
    public int? Color { get; init; }
    /// <summary>Labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    public required double Created { get; init; }
    /// <summary>Last event, or last change of status or configuration, seconds since the Unix epoch.</summary>
    public required double Updated { get; init; }
    /// <summary>The first 200 characters of the notes.</summary>
    public required string Notes { get; init; }
}
