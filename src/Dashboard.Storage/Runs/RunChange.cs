namespace Dashboard.Storage;

/// <summary>Fields of a run to set; null leaves one as it is.</summary>
public sealed record RunChange
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }
    /// <summary>New group; the empty text clears it.</summary>
    public string? Group { get; init; }
    /// <summary>New parent; the empty text clears it.</summary>
    public string? Parent { get; init; }
    /// <summary>New status.</summary>
    public RunStatus? Status { get; init; }
    /// <summary>Whole new configuration, a JSON object text.</summary>
    public string? ConfigJson { get; init; }
    /// <summary>Whole new list of tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>New notes.</summary>
    public string? Notes { get; init; }
    /// <summary>Labels to add to those it has.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];
    /// <summary>Labels to take from those it has.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
    /// <summary>Slot of the palette; −1 goes back to the automatic colour.</summary>
    public int? Color { get; init; }
    /// <summary>True archives the run, false takes it out of the archive.</summary>
    public bool? Archived { get; init; }
    /// <summary>What the run must still be for the change to be made, or null.</summary>
    public RunBase? Base { get; init; }
    /// <summary>True puts the run in the trash, false takes it out.</summary>
    public bool? Trashed { get; init; }
}
