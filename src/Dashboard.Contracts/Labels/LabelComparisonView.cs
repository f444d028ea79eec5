namespace Dashboard.Contracts;

/// <summary>How far the label counts of two splits lie apart. p and q are the shares of <see cref="A"/> and <see cref="B"/>; what cannot be said is null, and <see cref="Why"/> has the reason.</summary>
public sealed record LabelComparisonView
{
    /// <summary>One split: that for training, where it is of the two.</summary>
    public required string A { get; init; }
    /// <summary>The other.</summary>
    public required string B { get; init; }
    /// <summary>½·Σ|p − q|, 0 to 1.</summary>
    public double? TotalVariation { get; init; }
    /// <summary>Σ p·ln(p/q), in nats; infinite where b lacks a class of a.</summary>
    public double? Kl { get; init; }
    /// <summary>Σ q·ln(q/p), in nats; infinite where a lacks a class of b.</summary>
    public double? KlReverse { get; init; }
    /// <summary>Jensen–Shannon distance, 0 to 1: the root of the divergence in bits.</summary>
    public double? Js { get; init; }
    /// <summary>Population stability index Σ (p − q)·ln(p/q); infinite where a class is on one side alone.</summary>
    public double? Psi { get; init; }
    /// <summary><see cref="Kl"/> with half a sample more in each class on both sides: always finite.</summary>
    public double? KlSmoothed { get; init; }
    /// <summary><see cref="Psi"/> with half a sample more in each class on both sides: always finite.</summary>
    public double? PsiSmoothed { get; init; }
    /// <summary>Pearson's χ² of homogeneity.</summary>
    public double? Chi2 { get; init; }
    /// <summary>Chance of such a χ², or a larger one, without a shift.</summary>
    public double? P { get; init; }
    /// <summary>Degrees of freedom of the test.</summary>
    public int? Dof { get; init; }
    /// <summary>More than a fifth of the cells expect fewer than five samples: <see cref="P"/> is rough.</summary>
    public bool Rough { get; init; }
    /// <summary>How many classes only a has.</summary>
    public int OnlyInA { get; init; }
    /// <summary>How many classes only b has.</summary>
    public int OnlyInB { get; init; }
    /// <summary>The first 20 of those, a's and b's.</summary>
    public IReadOnlyList<string> OneSided { get; init; } = [];
    /// <summary><c>info</c>, <c>warning</c> or <c>critical</c>; null where chance explains the difference or it is negligible.</summary>
    public string? Severity { get; init; }
    /// <summary>One plain sentence.</summary>
    public required string Sentence { get; init; }
    /// <summary>Why there is no answer, or no test: <c>empty_split</c> or <c>one_class</c>; else null.</summary>
    public string? Why { get; init; }
}
