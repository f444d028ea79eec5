namespace Dashboard.Torch;

/// <summary>An estimated trace.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Of the sampled part; 0 where nothing was left to sample.</param>
/// <param name="Products">Products used.</param>
public sealed record TraceEstimate(double Value, double StandardError, int Products);
