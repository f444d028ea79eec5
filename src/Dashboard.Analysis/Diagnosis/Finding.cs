namespace Dashboard.Analysis;

/// <summary>One thing that a run says.</summary>
public sealed record Finding
{
    /// <summary>Name of the kind in snake_case, such as <c>overfitting</c>; several rules may share one.</summary>
    public required string Code { get; init; }

    /// <summary>The rule that said it.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it asks of a person.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The curve, layer or split it is about: a tag of the run, or for labels the split's name.</summary>
    public required string Tag { get; init; }

    /// <summary>The first step it is about; null where steps mean nothing, as for labels.</summary>
    public long? FromStep { get; init; }

    /// <summary>The last step it is about.</summary>
    public long? ToStep { get; init; }

    /// <summary>How sure the rule is, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>One plain sentence.</summary>
    public required RuleText Sentence { get; init; }

    /// <summary>What to try next, the most promising first.</summary>
    public required IReadOnlyList<RuleText> Try { get; init; }

    /// <summary>The numbers that the sentence and the condition rest on, by feature.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }

    /// <summary>The names that the sentence rests on: <c>tag</c>, <c>other</c>, <c>layer</c>, <c>smallest</c> and so on.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>What to draw on the curve.</summary>
    public required IReadOnlyList<EvidenceMark> Evidence { get; init; }
}
