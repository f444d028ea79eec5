namespace Dashboard.Analysis;

/// <summary>What confident learning makes of labels.</summary>
/// <param name="Thresholds">Mean probability that each class gets from its own samples; NaN for a class without samples.</param>
/// <param name="Suggested">The class that each sample likely belongs to instead; −1 where nothing speaks against its label.</param>
/// <param name="Margins">Probability of the label less the highest of the others: the lowest are the surest mistakes.</param>
public sealed record MislabelResult(double[] Thresholds, int[] Suggested, double[] Margins);
