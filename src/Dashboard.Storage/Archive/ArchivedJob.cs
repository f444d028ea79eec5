namespace Dashboard.Storage;

/// <summary>A job that has ended, whole but for its result and its log.</summary>
/// <param name="Info">As listings have it.</param>
/// <param name="Device">What it was to be computed on.</param>
/// <param name="Content">Hash of what was computed and from what, or null.</param>
public sealed record ArchivedJob(JobInfo Info, string Device, string? Content);
