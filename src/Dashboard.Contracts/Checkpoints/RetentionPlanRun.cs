namespace Dashboard.Contracts;

/// <summary>A run that would be put aside or removed.</summary>
/// <param name="Action"><c>trash</c>, <c>archive</c>, or <c>remove</c> for good.</param>
/// <param name="RunId">The run.</param>
/// <param name="Run">Its name.</param>
/// <param name="Updated">When something last came, seconds since the Unix epoch.</param>
/// <param name="Trashed">When it was put in the trash, or null.</param>
/// <param name="Points">Points and records that it holds.</param>
/// <param name="Size">Bytes of its points, records and artifacts.</param>
public sealed record RetentionPlanRun(string Action, string RunId, string Run, double Updated, double? Trashed, long Points, long Size);
