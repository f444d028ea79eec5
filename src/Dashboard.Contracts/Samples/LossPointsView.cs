namespace Dashboard.Contracts;

/// <summary>Points of a picture of losses, as columns: of each step and label the smallest and the largest, and the same other samples at every step.</summary>
/// <param name="Step">Place of the step in the answer's steps.</param>
/// <param name="Group">Place of the label in the answer's groups.</param>
/// <param name="Sample">Place of the sample in <paramref name="Ids"/>.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Ids">What the samples are called.</param>
public sealed record LossPointsView(IReadOnlyList<int> Step, IReadOnlyList<int> Group, IReadOnlyList<int> Sample, IReadOnlyList<double> Loss, IReadOnlyList<string> Ids);
