namespace Dashboard.Analysis;

/// <summary>What a mark of a finding's evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A stretch of steps: <see cref="EvidenceMark.FromStep"/> to <see cref="EvidenceMark.ToStep"/>.</summary>
    Range,

    /// <summary>A point of the curve: <see cref="EvidenceMark.FromStep"/> and <see cref="EvidenceMark.FromValue"/>.</summary>
    Point,

    /// <summary>A horizontal line at <see cref="EvidenceMark.FromValue"/>, from step to step where they are given.</summary>
    Level,

    /// <summary>A straight line between two points.</summary>
    Line,

    /// <summary>Another curve to lay beside: <see cref="EvidenceMark.Tag"/>.</summary>
    Curve,
}
