namespace Dashboard.Contracts;

/// <summary>
/// Which checkpoints of each run of a project stay. A checkpoint goes where no rule keeps it and it is old enough; without any rule nothing goes. The last one, the best
/// by any metric that counts, and those that a person keeps stay whatever the rules say.
/// </summary>
public sealed record RetentionRules
{
    /// <summary>True where the server applies them by itself.</summary>
    public bool Enabled { get; init; }
    /// <summary>The newest so many stay, 1 to 10,000; null for no such rule.</summary>
    public int? KeepLast { get; init; }
    /// <summary>The best so many by <see cref="Metric"/> stay, 1 to 10,000; null for no such rule.</summary>
    public int? KeepBest { get; init; }
    /// <summary>Tag of the metric; null for what was saved with the checkpoints, else the likeliest of the run.</summary>
    public string? Metric { get; init; }
    /// <summary><c>min</c> or <c>max</c>; null for what was saved with the checkpoints, else what the metric's name says.</summary>
    public string? Goal { get; init; }
    /// <summary>Those whose step is a multiple of this stay; null for no such rule.</summary>
    public long? KeepEvery { get; init; }
    /// <summary>Only those older than so many days go; null for all.</summary>
    public double? OlderThanDays { get; init; }
}
