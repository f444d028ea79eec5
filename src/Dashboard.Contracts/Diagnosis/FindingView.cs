namespace Dashboard.Contracts;

/// <summary>One thing that a run says.</summary>
public sealed record FindingView
{
    /// <summary>What it is: <c>diverging</c>, <c>overfitting</c>, …, or the code of a rule of the project's own.</summary>
    public required string Code { get; init; }
    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }
    /// <summary>The curve, layer or split that it is about; null where it is about the run.</summary>
    public string? Tag { get; init; }
    /// <summary>First step of what it rests on, or null where steps mean nothing.</summary>
    public long? FromStep { get; init; }
    /// <summary>Last step of what it rests on, or null where steps mean nothing.</summary>
    public long? ToStep { get; init; }
    /// <summary>How sure it is, from 0 to 1.</summary>
    public required double Confidence { get; init; }
    /// <summary>The rule that said it.</summary>
    public required string Rule { get; init; }
    /// <summary>One plain sentence in the language of the request.</summary>
    public required string Sentence { get; init; }
    /// <summary>What to try, in the language of the request.</summary>
    public required IReadOnlyList<string> Try { get; init; }
    /// <summary>What to draw on the curve.</summary>
    public required EvidenceView Evidence { get; init; }
}
