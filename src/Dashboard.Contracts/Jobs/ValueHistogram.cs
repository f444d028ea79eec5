namespace Dashboard.Contracts;

/// <summary>A histogram.</summary>
/// <param name="Edges">Rising; empty where there is nothing to count.</param>
/// <param name="Counts">One less than edges: what is within [edge, next edge), the last including its end.</param>
public sealed record ValueHistogram(IReadOnlyList<double> Edges, IReadOnlyList<double> Counts);
