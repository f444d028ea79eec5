namespace Dashboard.Analysis;

/// <summary>Which samples are asked for, and in which order.</summary>
public enum SampleSort
{
    /// <summary>All, by the loss they had last; a loss that is no number comes first.</summary>
    Hardest,
    /// <summary>All, by their mean loss over steps.</summary>
    MeanLoss,
    /// <summary>Those with a forgetting event, by their number.</summary>
    Forgotten,
    /// <summary>Those that were never right, by their mean loss.</summary>
    NeverLearned,
    /// <summary>Those that confident learning takes for another class, the surest first.</summary>
    Mislabelled,
    /// <summary>All, by their area under the margin, the lowest first.</summary>
    Margin,
}
