namespace Dashboard.Contracts;

/// <summary>How often one class was taken for another.</summary>
/// <param name="Label">True class.</param>
/// <param name="Predicted">Predicted class.</param>
/// <param name="Count">Samples.</param>
public sealed record ConfusionCellView(int Label, int Predicted, long Count);
