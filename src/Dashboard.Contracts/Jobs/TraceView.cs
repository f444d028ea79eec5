namespace Dashboard.Contracts;

/// <summary>An estimated trace.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record TraceView(double Value, double StandardError);
