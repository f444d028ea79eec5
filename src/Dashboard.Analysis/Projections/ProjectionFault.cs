namespace Dashboard.Analysis;

/// <summary>A setting that cannot be.</summary>
/// <param name="Field">Its name in the interface: <c>dims</c>, <c>perplexity</c>, <c>neighbors</c>, <c>min_dist</c>, <c>iterations</c>, <c>pca_first</c>, <c>coordinates</c>.</param>
/// <param name="Message">What is wrong and the way out.</param>
public sealed record ProjectionFault(string Field, string Message);
