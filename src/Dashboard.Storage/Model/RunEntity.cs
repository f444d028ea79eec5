namespace Dashboard.Storage;

internal sealed class RunEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public long ProjectKey { get; set; }
    public ProjectEntity? Project { get; set; }
    public required string Name { get; set; }
    public string? Group { get; set; }
    public string? Parent { get; set; }
    public RunStatus Status { get; set; }
    public string Config { get; set; } = "{}";

    /// <summary>A JSON array of texts.</summary>
    public string Tags { get; set; } = "[]";
    public string Notes { get; set; } = "";
    public double Created { get; set; }
    public double Updated { get; set; }
    public double? Trashed { get; set; }
    public double? Archived { get; set; }

    /// <summary>Slot of the palette that a person chose, or null for the automatic one.</summary>
    public int? Color { get; set; }

    /// <summary>Removed for good: nobody sees it any more, its rows go in small steps so that writing is never held up.</summary>
    public bool Removed { get; set; }
}
