namespace Dashboard.Analysis;

/// <summary>What a forest has to say about its features.</summary>
/// <param name="OutOfBagRSquared">
/// 1 − SSE/SST of predictions, each row by the trees that were grown without it: what the forest explains of rows it has not seen. At or below 0 it explains nothing.
/// </param>
/// <param name="Importance">
/// One a feature, in their order: by how much the mean squared error of unseen rows grows when that feature's values are shuffled among them, over the variance of the
/// target, mean over the trees. 0 where no tree uses it; noise scatters around 0, so small negative numbers occur. Features that tell the same share their importance.
/// </param>
public sealed record ForestResult(double OutOfBagRSquared, IReadOnlyList<double> Importance);
