namespace Dashboard.Contracts;

/// <summary>
/// What stays of a project. A checkpoint goes where no rule keeps it and it is old enough; the last one, the best by any metric that counts, and those that a person keeps stay whatever the rules
/// say. Runs go to the trash or the archive when nothing has come for long, and out of the trash for good; other artifacts go by type and age. Nothing goes of a run that has one of
/// <see cref="KeepTags"/>. Without any rule nothing goes.
/// </summary>
public sealed record RetentionRules
{
    /// <summary>True where the server applies them by itself.</summary>
    public bool Enabled { get; init; }
    /// <summary>The newest so many checkpoints of a run stay, 1 to 10,000; null for no such rule.</summary>
    public int? KeepLast { get; init; }
    /// <summary>The best so many checkpoints by <see cref="Metric"/> stay, 1 to 10,000; null for no such rule.</summary>
    public int? KeepBest { get; init; }
    /// <summary>Tag of the metric; null for what was saved with the checkpoints, else the likeliest of the run.</summary>
    public string? Metric { get; init; }
    /// <summary><c>min</c> or <c>max</c>; null for what was saved with the checkpoints, else what the metric's name says.</summary>
    public string? Goal { get; init; }
    /// <summary>Checkpoints whose step is a multiple of this stay; null for no such rule.</summary>
    public long? KeepEvery { get; init; }
    /// <summary>Only checkpoints older than so many days go; null for all.</summary>
    public double? OlderThanDays { get; init; }
    /// <summary>Runs to which nothing came for more than so many days are put aside, 1 or more; null for no such rule. Archived runs stay where they are.</summary>
    public double? RunsAfterDays { get; init; }
    /// <summary>Where such runs go: <c>trash</c> (which null stands for) or <c>archive</c>.</summary>
    public string? RunsTo { get; init; }
    /// <summary>Runs that were in the trash for more than so many days are removed for good with all they hold; null for no such rule.</summary>
    public double? EmptyTrashAfterDays { get; init; }
    /// <summary>Nothing goes of a run that has one of these tags; null for none.</summary>
    public IReadOnlyList<string>? KeepTags { get; init; }
    /// <summary>Artifacts other than checkpoints that go by age, a rule a type; null for none. What a person keeps stays.</summary>
    public IReadOnlyList<ArtifactRetentionRule>? Artifacts { get; init; }
}
