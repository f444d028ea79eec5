namespace Dashboard.Storage;

/// <summary>Scalar tags of a project with the number of runs that have each.</summary>
/// <param name="Seq">Last commit that is counted.</param>
/// <param name="Runs">Runs by tag.</param>
public sealed record TagCounts(long Seq, IReadOnlyDictionary<string, int> Runs);
