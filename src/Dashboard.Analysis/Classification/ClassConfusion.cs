namespace Dashboard.Analysis;

/// <summary>One cell of a confusion matrix.</summary>
/// <param name="Label">True class.</param>
/// <param name="Predicted">Predicted class.</param>
/// <param name="Count">Samples of the one that were taken for the other.</param>
public readonly record struct ClassConfusion(int Label, int Predicted, long Count);
