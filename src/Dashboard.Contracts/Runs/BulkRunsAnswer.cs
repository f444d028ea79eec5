namespace Dashboard.Contracts;

/// <summary>What a change of many runs came to.</summary>
/// <param name="Changed">Runs changed or removed.</param>
/// <param name="Missing">Ids of which there is no run.</param>
public sealed record BulkRunsAnswer(int Changed, IReadOnlyList<string> Missing);
