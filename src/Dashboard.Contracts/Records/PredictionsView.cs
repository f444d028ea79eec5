namespace Dashboard.Contracts;

/// <summary>One stored set of predictions.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tag">The series.</param>
/// <param name="Step">Training step.</param>
/// <param name="WallTime">Seconds since the Unix epoch.</param>
/// <param name="Labels">True class of each sample.</param>
/// <param name="Scores">One score a class for each sample.</param>
/// <param name="Losses">Loss of each sample, or null.</param>
/// <param name="Ids">What each sample is called, or null.</param>
public sealed record PredictionsView(
    string RunId, string Tag, long Step, double WallTime, long[] Labels, double[][] Scores, double[]? Losses, string[]? Ids);
