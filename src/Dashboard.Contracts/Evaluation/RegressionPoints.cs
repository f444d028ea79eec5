namespace Dashboard.Contracts;

/// <summary>Samples of one output to draw.</summary>
/// <param name="Total">Samples there are; of more than were asked for, these are evenly chosen by target, with the largest errors always among them.</param>
/// <param name="Rows">Place of each sample in the event.</param>
/// <param name="Targets">True numbers.</param>
/// <param name="Predicted">Predicted numbers.</param>
/// <param name="Ids">What the samples are called, or null.</param>
public sealed record RegressionPoints(int Total, IReadOnlyList<int> Rows, double[] Targets, double[] Predicted, IReadOnlyList<string>? Ids);
