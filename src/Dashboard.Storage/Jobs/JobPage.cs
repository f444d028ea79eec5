namespace Dashboard.Storage;

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="NextCursor">Where the next page begins, or null.</param>
public sealed record JobPage(IReadOnlyList<JobInfo> Jobs, string? NextCursor);
