using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>A run on the wire.</summary>
public sealed record RunView
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }
    /// <summary>Project name.</summary>
    public required string Project { get; init; }
    /// <summary>Name within the project; may hold <c>/</c>.</summary>
    public required string Name { get; init; }
    /// <summary>Group of runs that belong together, or null.</summary>
    public string? Group { get; init; }
    /// <summary>Name or id of the run this one came from, or null.</summary>
    public string? Parent { get; init; }
    /// <summary><c>running</c>, <c>finished</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    /// <summary>Configuration, a JSON object.</summary>
    public JsonElement Config { get; init; }
    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Free text.</summary>
    public string Notes { get; init; } = "";
    /// <summary>Seconds since the Unix epoch.</summary>
    public double Created { get; init; }
    /// <summary>Last event, or last change of status or configuration, seconds since the Unix epoch.</summary>
    public double Updated { get; init; }
    /// <summary>When it was put in the trash, or null.</summary>
    public double? Trashed { get; init; }
    /// <summary>When it was archived, or null.</summary>
    public double? Archived { get; init; }
    /// <summary>Slot of the palette that a person chose, 0 to 8, or null for the automatic one.</summary>
    public int? Color { get; init; }
    /// <summary>Last value and extremes by scalar tag.</summary>
    public IReadOnlyDictionary<string, SummaryView> Summary { get; init; } = new Dictionary<string, SummaryView>();
    /// <summary>True where the run has more scalar tags than <see cref="Summary"/> lists; <c>GET /runs/{id}</c> lists all.</summary>
    public bool SummaryTruncated { get; init; }
}
