namespace Dashboard.Server;

/// <summary>What a classifier said of samples, a row each; losses and ids may be absent.</summary>
internal sealed record Predictions(long[] Labels, Matrix Scores, double[]? Losses, string[]? Ids);
