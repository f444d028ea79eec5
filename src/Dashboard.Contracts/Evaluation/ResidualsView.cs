namespace Dashboard.Contracts;

/// <summary>Histogram of residuals, predicted − target.</summary>
/// <param name="Edges">Bin edges, rising.</param>
/// <param name="Counts">What fell into each; one less than edges.</param>
public sealed record ResidualsView(double[] Edges, double[] Counts);
