namespace Dashboard.Storage;

/// <summary>One scalar series at a glance.</summary>
/// <param name="Last">Value logged last, finite or not.</param>
/// <param name="Min">Smallest finite value, NaN where there is none.</param>
/// <param name="Max">Largest finite value, NaN where there is none.</param>
/// <param name="Step">Step of <paramref name="Last"/>.</param>
public readonly record struct ScalarSummary(double Last, double Min, double Max, long Step);
