namespace Dashboard.Analysis;

/// <summary>How a rule draws one mark: expressions for what the mark of its kind needs.</summary>
/// <param name="Kind">What it draws.</param>
/// <param name="Label">Short name of the mark.</param>
public sealed record EvidenceRule(EvidenceKind Kind, string Label)
{
    /// <summary>Expression of the first step, or of a point's.</summary>
    public string? From => FromStep?.Text;

    /// <summary>Expression of the last step.</summary>
    public string? To => ToStep?.Text;

    /// <summary>Expression of the value, at the first step where there are two.</summary>
    public string? Value => FromValue?.Text;

    internal RuleExpression? FromStep { get; init; }

    internal RuleExpression? ToStep { get; init; }

    internal RuleExpression? FromValue { get; init; }

    internal RuleExpression? ToValue { get; init; }

    /// <summary>The mark, or null where one of its numbers is unknown.</summary>
    internal EvidenceMark? Draw(RuleSubject subject)
    {
        if (Kind == EvidenceKind.Curve)
            return subject.Names.TryGetValue("other", out var other) ? new EvidenceMark(Kind, Label) { Tag = other } : null;
        var mark = new EvidenceMark(Kind, Label) { FromStep = Of(FromStep, subject), ToStep = Of(ToStep, subject), FromValue = Of(FromValue, subject), ToValue = Of(ToValue, subject) };
        var isWhole = Kind switch
        {
            EvidenceKind.Range => mark is { FromStep: not null, ToStep: not null },
            EvidenceKind.Point => mark is { FromStep: not null, FromValue: not null },
            EvidenceKind.Level => mark.FromValue is not null,
            _ => mark is { FromStep: not null, ToStep: not null, FromValue: not null, ToValue: not null },
        };
        return isWhole ? mark : null;
    }

    private static double? Of(RuleExpression? expression, RuleSubject subject) =>
        expression?.Value(subject) is { } value && double.IsFinite(value) ? value : null;
}
