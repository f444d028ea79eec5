namespace Dashboard.Contracts;

/// <summary>Label counts by split and class, as logged last, and what follows from them.</summary>
/// <param name="Splits">Samples by split and class.</param>
/// <param name="Comparisons">Every pair of splits, that for training first; of more than 20 splits, each with the first alone.</param>
/// <param name="Weights">n/(C·n_c) by split and class, C counting the classes that have samples. Classes without any are left out.</param>
/// <param name="Oversample">Samples of the largest class over those of each, by split and class. Classes without any are left out.</param>
/// <param name="Imbalance">How uneven each split is, in the order of <paramref name="Comparisons"/>.</param>
public sealed record LabelsView(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Splits,
    IReadOnlyList<LabelComparisonView> Comparisons,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Weights,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Oversample,
    IReadOnlyList<LabelImbalanceView> Imbalance);
