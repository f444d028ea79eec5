using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What a run says about itself: findings, the gravest first. No item means that there is nothing to report.</summary>
public sealed record DiagnosisView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>What the run's job last said: running, finished or failed.</summary>
    public required string Status { get; init; }
    /// <summary>Last commit that the reading surely holds.</summary>
    public required long Seq { get; init; }
    /// <summary>When the run was read, seconds since the Unix epoch.</summary>
    public required double ReadAt { get; init; }
    /// <summary>Revision of the project's own rules; 0 where the rules are the default ones.</summary>
    public required long RulesRevision { get; init; }
    /// <summary>The findings.</summary>
    public required IReadOnlyList<FindingView> Items { get; init; }
    /// <summary>What there was to read.</summary>
    public required ReadingView Read { get; init; }
    /// <summary>Rules of the project that could not be read and were left out, in words; absent where all is well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RulesFault { get; init; }
}
