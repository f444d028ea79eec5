namespace Dashboard.Faults.Tests;

/// <summary>A histogram that is sent binned.</summary>
internal sealed record Histogram(string Tag, long Step, double[] Edges, double[] Counts);
