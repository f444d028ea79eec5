namespace Dashboard.Contracts;

/// <summary>How uneven the classes of one split are.</summary>
public sealed record LabelImbalanceView
{
    /// <summary>The split.</summary>
    public required string Split { get; init; }
    /// <summary>Samples.</summary>
    public long Total { get; init; }
    /// <summary>Classes that have samples.</summary>
    public int Classes { get; init; }
    /// <summary>Classes that were named here or in another split, and have none here.</summary>
    public int Missing { get; init; }
    /// <summary>The first 20 of those.</summary>
    public IReadOnlyList<string> MissingClasses { get; init; } = [];
    /// <summary>Class of most samples, or null.</summary>
    public string? Largest { get; init; }
    /// <summary>Class of fewest samples, those without any left out, or null.</summary>
    public string? Smallest { get; init; }
    /// <summary>Samples of the largest for one of the smallest.</summary>
    public double? Ratio { get; init; }
    /// <summary>Entropy of the shares, in bits.</summary>
    public double? Entropy { get; init; }
    /// <summary>2 to the entropy: as many classes of equal size are as even as these.</summary>
    public double? EffectiveClasses { get; init; }
    /// <summary>Entropy over the largest it can be, 0 to 1.</summary>
    public double? Evenness { get; init; }
    /// <summary>Chance that an even draw is as uneven.</summary>
    public double? P { get; init; }
    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>; null where there is nothing to say.</summary>
    public string? Severity { get; init; }
    /// <summary>One plain sentence.</summary>
    public required string Sentence { get; init; }
    /// <summary><c>empty_split</c> or <c>one_class</c>; else null.</summary>
    public string? Why { get; init; }
}
