namespace Dashboard.Storage;

/// <summary>A page of runs and where the next begins.</summary>
public sealed record RunPage(IReadOnlyList<RunInfo> Items, string? NextCursor);
