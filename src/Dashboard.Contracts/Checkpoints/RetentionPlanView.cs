namespace Dashboard.Contracts;

/// <summary>What retention rules would do: a dry run.</summary>
/// <param name="Items">Checkpoints that would go, run by run, the oldest first; not more than a page can show. Those of runs that would be removed go with their runs.</param>
/// <param name="Count">How many checkpoints would go.</param>
/// <param name="Size">Their bytes together; what other artifacts share with them is freed only with those.</param>
/// <param name="Stay">How many checkpoints would stay.</param>
/// <param name="Guarded">How many of those no rule keeps, only that they are the last, the best, or kept by hand.</param>
public sealed record RetentionPlanView(IReadOnlyList<RetentionPlanItem> Items, int Count, long Size, int Stay, int Guarded)
{
    /// <summary>Other artifacts that would go, the oldest first; not more than a page can show.</summary>
    public IReadOnlyList<RetentionPlanItem> Artifacts { get; init; } = [];
    /// <summary>How many other artifacts would go.</summary>
    public int ArtifactCount { get; init; }
    /// <summary>Their bytes together.</summary>
    public long ArtifactSize { get; init; }
    /// <summary>Runs that would be put aside or removed; not more than a page can show.</summary>
    public IReadOnlyList<RetentionPlanRun> Runs { get; init; } = [];
    /// <summary>How many runs would be put in the trash.</summary>
    public int RunsTrashed { get; init; }
    /// <summary>How many runs would be archived.</summary>
    public int RunsArchived { get; init; }
    /// <summary>How many runs would be removed for good.</summary>
    public int RunsRemoved { get; init; }
    /// <summary>Bytes of those that would be removed for good.</summary>
    public long RunsRemovedSize { get; init; }
}
