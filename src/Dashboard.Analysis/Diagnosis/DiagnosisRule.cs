using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>One rule: when it speaks, what it says and what it draws.</summary>
public sealed class DiagnosisRule
{
    // Made by RuleReader alone, which sets all of it.
    internal DiagnosisRule()
    {
    }

    /// <summary>Name of the rule, one of a kind within its set.</summary>
    public required string Id { get; init; }

    /// <summary>Name of what it recognises. Where several rules of one code speak about one tag, the first in the set is heard.</summary>
    public required string Code { get; init; }

    /// <summary>What it is asked about.</summary>
    public required RuleScope Scope { get; init; }

    /// <summary>Whether it is asked at all.</summary>
    public required bool Enabled { get; init; }

    /// <summary>How much its findings ask of a person.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Tags it is asked about, <c>*</c> standing for any text; empty for all of its scope.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Most findings of one reading; the surest are kept.</summary>
    public required int Most { get; init; }

    /// <summary>The numbers that a person may tune.</summary>
    public required IReadOnlyList<RuleParameter> Parameters { get; init; }

    /// <summary>The condition, as written.</summary>
    public string When => Condition.Text;

    /// <summary>What it recognises and why so, for the settings page.</summary>
    public required RuleText Doc { get; init; }

    /// <summary>The sentence, with its placeholders.</summary>
    public required RuleText Sentence { get; init; }

    /// <summary>What to try, the most promising first.</summary>
    public required IReadOnlyList<RuleText> Try { get; init; }

    /// <summary>What it draws.</summary>
    public required IReadOnlyList<EvidenceRule> Evidence { get; init; }

    /// <summary>The rule as JSON, whole.</summary>
    public string Json => Source.ToJsonString(RuleReader.Written);

    internal JsonObject Source { get; init; } = null!;

    internal RuleExpression Condition { get; init; } = null!;

    internal RuleExpression Confidence { get; init; } = null!;

    internal RuleExpression? From { get; init; }

    internal RuleExpression? To { get; init; }

    internal RuleSentence English { get; init; } = null!;

    internal RuleSentence? Chinese { get; init; }

    /// <summary>Asks the rule.</summary>
    /// <returns>Its finding, or null where it has nothing to say.</returns>
    internal Finding? Ask(RuleSubject subject)
    {
        if (!Condition.IsTrue(subject))
            return null;
        var confidence = Confidence.Value(subject);
        if (!(confidence > 0))
            return null;
        return new Finding
        {
            Code = Code,
            Rule = Id,
            Severity = Severity,
            Tag = subject.Tag,
            FromStep = Step(From, subject),
            ToStep = Step(To, subject),
            Confidence = Math.Min(1, confidence),
            Sentence = new RuleText(English.Fill(subject), Chinese?.Fill(subject)),
            Try = Try,
            Numbers = English.Numbers(subject),
            Names = subject.Names,
            Evidence = [.. Evidence.Select(mark => mark.Draw(subject)).OfType<EvidenceMark>()],
        };
    }

    /// <summary>Whether the rule is asked about a tag.</summary>
    internal bool IsAbout(string tag) => Tags.Count == 0 || Tags.Any(pattern => TagPattern.Matches(pattern, tag));

    private static long? Step(RuleExpression? expression, RuleSubject subject) =>
        expression?.Value(subject) is { } value && Math.Abs(value) < long.MaxValue ? (long)value : null;
}
