namespace Dashboard.Contracts;

/// <summary>One stored set of predictions.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tag">The series.</param>
/// <param name="Step">Training step.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Labels">True class of each sample; null for a regression.</param>
/// <param name="Scores">One score a class for each sample; for a regression the predicted numbers.</param>
/// <param name="Losses">Loss of each sample, or null.</param>
/// <param name="Ids">What each sample is called, or null.</param>
/// <param name="Targets">True numbers of each sample; null for a classifier.</param>
/// <param name="Classes">What the classes are called, or null.</param>
/// <param name="Sprite">Thumbnails of the samples, an image artifact of the run, or null.</param>
public sealed record PredictionsView(
    string RunId, string Tag, long Step, double WallTime, long[]? Labels, double[][] Scores, double[]? Losses, string[]? Ids,
    double[][]? Targets = null, string[]? Classes = null, SpriteReference? Sprite = null);
