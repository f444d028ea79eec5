using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>
/// What <c>/hubs/live</c> streams. Exactly one of five forms, all with the number of the commit behind them:
/// points (<c>run_id, tag, steps, values, wall_times</c>), a reset (<c>reset: true</c>: refetch, the stream goes on after <c>seq</c>),
/// a changed run (<c>run_id, run</c>; <c>removed: true</c> instead of <c>run</c> where it is gone), new series (<c>run_id, added</c>), a changed job (<c>job</c>; only for who asked for jobs, the latest state alone).
/// Fields that a form lacks are absent. Frames that were gathered together carry <c>more: true</c> all but the last: a client that takes
/// such a group whole or not at all, and resumes after the last whole one, has everything exactly once.
/// </summary>
public sealed record LiveFrame
{
    /// <summary>Commit this frame tells of; pass the last one seen as <c>after_seq</c> to resume.</summary>
    public required long Seq { get; init; }
    /// <summary>The client is too far behind and must refetch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Reset { get; init; }
    /// <summary>Run concerned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }
    /// <summary>Tag of the points.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }
    /// <summary>Steps, in the order logged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long[]? Steps { get; init; }
    /// <summary>Values; NaN and infinities as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Values { get; init; }
    /// <summary>Seconds since the Unix epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? WallTimes { get; init; }
    /// <summary>The run as it is now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunView? Run { get; init; }
    /// <summary>The run was removed for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Removed { get; init; }
    /// <summary>Series named for the first time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AddedSeries>? Added { get; init; }
    /// <summary>The job as it is now; with <c>removed</c> as it was before it was removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobView? Job { get; init; }
    /// <summary>The group goes on with the next frame; absent on the last frame of a group.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? More { get; init; }
}
