namespace Dashboard.Storage;

/// <summary>What is wanted of one scalar series among many.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="FromIndex">First point wanted, counted from the series' first, where only what came since is; null for the whole series.</param>
public readonly record struct SeriesRequest(string Tag, long? FromIndex);
