namespace Dashboard.Analysis;

/// <summary>One mark to draw on the curve of a finding, in the curve's own units.</summary>
/// <param name="Kind">What it is; which of the rest is given follows from it.</param>
/// <param name="Label">A short name in snake_case: <c>best</c>, <c>limit</c>, <c>start</c>, <c>flat</c>, <c>rise</c>, <c>fit</c>, <c>stop</c>, <c>other</c>, or what an added rule says.</param>
public sealed record EvidenceMark(EvidenceKind Kind, string Label)
{
    /// <summary>The first step, or the step of a point.</summary>
    public double? FromStep { get; init; }

    /// <summary>The last step.</summary>
    public double? ToStep { get; init; }

    /// <summary>The value at the first step, of the point or of the level.</summary>
    public double? FromValue { get; init; }

    /// <summary>The value at the last step.</summary>
    public double? ToValue { get; init; }

    /// <summary>The other curve's tag.</summary>
    public string? Tag { get; init; }
}
