namespace Dashboard.Storage;

/// <summary>A run as stored, with what its scalars amount to right now.</summary>
public sealed record RunInfo
{
    /// <summary>Opaque id.</summary>
    public required string Id { get; init; }
    /// <summary>Rises with each run of the data folder: tells the order of runs that were created within one millisecond.</summary>
    public long Order { get; init; }
    /// <summary>Project name.</summary>
    public required string Project { get; init; }
    /// <summary>Run name, unique in the project.</summary>
    public required string Name { get; init; }
    /// <summary>Group of runs that belong together (seeds of one setting, say), or null.</summary>
    public string? Group { get; init; }
    /// <summary>Name or id of the run this one came from, or null.</summary>
    public string? Parent { get; init; }
    /// <summary>What the job last said.</summary>
    public RunStatus Status { get; init; }
    /// <summary>Configuration as a JSON object text, <c>{}</c> where none was given.</summary>
    public string ConfigJson { get; init; } = "{}";
    /// <summary>Labels a person or job gave.</summary>
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
    /// <summary>Slot of the palette that a person chose, or null for the automatic one.</summary>
    public int? Color { get; init; }
    /// <summary>Last value and extremes by scalar tag.</summary>
    public IReadOnlyDictionary<string, ScalarSummary> Summary { get; init; } = new Dictionary<string, ScalarSummary>();
    /// <summary>True where the run has more scalar tags than <see cref="Summary"/> was asked to hold.</summary>
    public bool SummaryTruncated { get; init; }
}
