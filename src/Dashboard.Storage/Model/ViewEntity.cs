namespace Dashboard.Storage;

internal sealed class ViewEntity
{
    public long Key { get; set; }
    public required string Id { get; set; }
    public long ProjectKey { get; set; }
    public ProjectEntity? Project { get; set; }
    public required string Kind { get; set; }
    public required string Name { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Body { get; set; }

    /// <summary>Counts changes from 1, so that a change made from an older one can be told.</summary>
    public long Version { get; set; }
    public double Created { get; set; }
    public double Updated { get; set; }
}
