namespace Dashboard.Storage;

/// <summary>Which jobs to list, newest first.</summary>
/// <param name="Project">Only this project, or null for all.</param>
/// <param name="Kinds">Only these kinds.</param>
/// <param name="Status">Only this status, or null for all.</param>
/// <param name="Limit">Page size.</param>
/// <param name="Cursor">Where the page before ended, or null.</param>
/// <param name="Projects">Only jobs of these projects, or null for all.</param>
public sealed record JobQuery(
    string? Project, IReadOnlyCollection<string> Kinds, JobStatus? Status = null, int Limit = 100, string? Cursor = null, IReadOnlyCollection<string>? Projects = null);
