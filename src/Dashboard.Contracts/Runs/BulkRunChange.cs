namespace Dashboard.Contracts;

/// <summary>What to change of each of many runs. A field that is absent or null leaves a run's as it is.</summary>
public sealed record BulkRunChange
{
    /// <summary>Group; the empty text clears it.</summary>
    public string? Group { get; init; }
    /// <summary>Labels to add where they are not.</summary>
    public IReadOnlyList<string>? AddTags { get; init; }
    /// <summary>Labels to take away where they are.</summary>
    public IReadOnlyList<string>? RemoveTags { get; init; }
    /// <summary>Slot of the palette, 0 to 8; −1 goes back to the automatic colour.</summary>
    public int? Color { get; init; }
    /// <summary>True archives, false takes out of the archive.</summary>
    public bool? Archived { get; init; }
    /// <summary>True puts in the trash, false takes out.</summary>
    public bool? Trashed { get; init; }
}
