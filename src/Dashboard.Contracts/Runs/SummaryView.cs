namespace Dashboard.Contracts;

/// <summary>One scalar series at a glance: its last value, its finite extremes (NaN where it has none) and the step of the last value.</summary>
public readonly record struct SummaryView(double Last, double Min, double Max, long Step);
