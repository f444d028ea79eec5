namespace Dashboard.Storage;

/// <summary>What an edit of a run began from: fields whose value must still be this for the change to be made; null where it does not matter.</summary>
public sealed record RunBase
{
    /// <summary>Name as it was.</summary>
    public string? Name { get; init; }
    /// <summary>Group as it was; the empty text for none.</summary>
    public string? Group { get; init; }
    /// <summary>Labels as they were.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Notes as they were.</summary>
    public string? Notes { get; init; }
}
