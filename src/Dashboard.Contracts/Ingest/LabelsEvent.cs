namespace Dashboard.Contracts;

/// <summary>How many samples of each class a split of the data holds. A later event for the same split replaces the one before.</summary>
public sealed record LabelsEvent : IngestEvent
{
    /// <summary>Name of the split, <c>train</c> say.</summary>
    public required string Split { get; init; }
    /// <summary>Samples by class name.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }
}
