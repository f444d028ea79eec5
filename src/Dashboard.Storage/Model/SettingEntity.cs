namespace Dashboard.Storage;

/// <summary>One setting of a project.</summary>
internal sealed class SettingEntity
{
    public long Key { get; set; }
    public long ProjectKey { get; set; }
    public ProjectEntity? Project { get; set; }
    public required string Name { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Body { get; set; }

    /// <summary>Counts changes from 1.</summary>
    public long Revision { get; set; }
    public double Updated { get; set; }
}
