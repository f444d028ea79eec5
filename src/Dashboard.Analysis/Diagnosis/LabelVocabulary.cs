namespace Dashboard.Analysis;

/// <summary>The features of label counts.</summary>
internal static class LabelVocabulary
{
    public static readonly RuleFeature[] Split =
    [
        new("total", "Samples."),
        new("classes", "Classes that any split has."),
        new("missing", "Classes of which this split has none."),
        new("largest_share", "Share of the largest class, 0 to 1."),
        new("smallest_share", "Share of the smallest class that has samples."),
        new("imbalance", "Samples of the largest class for one of the smallest."),
        new("evenness", "Entropy of the shares over its largest value: 1 where all classes have as many."),
        new("p", "Chance of counts as uneven as these where all classes are equally likely (χ²)."),
        new("is_training", "1 for the training split, or the largest where none has that name."),
    ];

    public static readonly RuleFeature[] Splits =
    [
        new("total", "Samples of the training split."),
        new("other_total", "Samples of the other split."),
        new("classes", "Classes that either has."),
        new("tv", "Total variation ½·Σ|p − q|: the share of samples that would have to change their class."),
        new("kl", "Kullback–Leibler divergence of the training split from the other, in nats."),
        new("js", "Jensen–Shannon distance, 0 to 1."),
        new("psi", "Population stability index, half a sample added to each class."),
        new("chi2", "Pearson's χ² of homogeneity."),
        new("p", "Chance of such a χ² where both come from the same shares."),
        new("only_here", "Classes that only the training split has."),
        new("only_there", "Classes that only the other split has."),
        new("is_rough", "1 where more than a fifth of the cells expect fewer than five samples, so that p is rough."),
    ];
}
