namespace Dashboard.Contracts;

/// <summary>One picture with a thumbnail for each vector, in rows from the top left.</summary>
public sealed record SpriteReference
{
    /// <summary>Run that has the picture; within an event, the event's own run.</summary>
    public string? RunId { get; init; }
    /// <summary>Name of the artifact, a PNG, JPEG or WebP.</summary>
    public string? Name { get; init; }
    /// <summary>Id of a version; the server fills it in when a job is posted.</summary>
    public string? Id { get; init; }
    /// <summary>Pixels of a thumbnail across.</summary>
    public int? Width { get; init; }
    /// <summary>Pixels of a thumbnail down.</summary>
    public int? Height { get; init; }
}
