namespace Dashboard.Contracts;

/// <summary>One sample with what was said of it.</summary>
/// <param name="Row">Its place in the event, and in the thumbnails.</param>
/// <param name="Id">What it is called, or null.</param>
/// <param name="Label">True class.</param>
/// <param name="Predicted">Predicted class.</param>
/// <param name="Score">Score of the predicted class.</param>
/// <param name="LabelScore">Score of the true class.</param>
/// <param name="Loss">Its loss, or null.</param>
/// <param name="Scores">All its scores; null beyond 100 classes.</param>
public sealed record PredictedSample(int Row, string? Id, int Label, int Predicted, double Score, double LabelScore, double? Loss, double[]? Scores);
