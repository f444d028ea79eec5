using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>One mark on a curve. Which fields it has follows from its kind.</summary>
public sealed record MarkView
{
    /// <summary>
    /// <c>range</c> (from_step to to_step), <c>point</c> (from_step, from_value), <c>line</c> (from_step, from_value to to_step, to_value), <c>level</c> (from_value, over all steps or
    /// from step to step) or <c>curve</c> (the curve of another tag).
    /// </summary>
    public required string Kind { get; init; }
    /// <summary>What it is, a name in snake_case: <c>best</c>, <c>limit</c>, <c>start</c>, <c>flat</c>, <c>rise</c>, <c>fit</c>, <c>stop</c>, <c>other</c>, or what a rule of one's own says.</summary>
    public required string Label { get; init; }
    /// <summary>First step, or the step of a point.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FromStep { get; init; }
    /// <summary>Last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ToStep { get; init; }
    /// <summary>Value at the first step, of a point or of a level.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FromValue { get; init; }
    /// <summary>Value at the last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ToValue { get; init; }
    /// <summary>Tag of another curve.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }
}
