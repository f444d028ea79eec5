namespace Dashboard.Storage;

/// <summary>Something in a data folder that is not what was written.</summary>
/// <param name="Kind">What it is in: <c>database</c>, <c>chunk</c>, <c>level</c>, <c>totals</c>, <c>inbox</c>, <c>record</c>, <c>artifact</c>, <c>job</c> or <c>text</c>.</param>
/// <param name="Text">What is wrong, in words.</param>
public sealed record FolderDamage(string Kind, string Text)
{
    /// <summary>Project, or null where it is not of one.</summary>
    public string? Project { get; init; }
    /// <summary>Name of the run, or null where it is not of one.</summary>
    public string? Run { get; init; }
    /// <summary>Id of the run, or null.</summary>
    public string? RunId { get; init; }
    /// <summary>Tag of the series, or null.</summary>
    public string? Tag { get; init; }
    /// <summary>First step that is affected, or null.</summary>
    public long? FirstStep { get; init; }
    /// <summary>Last step that is affected, or null.</summary>
    public long? LastStep { get; init; }
    /// <summary>Points that are lost; null where none are, or where it is not about points.</summary>
    public long? Points { get; init; }
    /// <summary>Path of the file below the folder; null for the database.</summary>
    public string? File { get; init; }
}
