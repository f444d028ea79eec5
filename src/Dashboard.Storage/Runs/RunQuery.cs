namespace Dashboard.Storage;

/// <summary>Which runs to list, newest first.</summary>
/// <param name="Project">Only this project, or null for all.</param>
/// <param name="Limit">Page size, 1 to 1,000.</param>
/// <param name="Cursor">Where the page before ended, or null.</param>
/// <param name="Trash">List the trash instead of the live runs.</param>
/// <param name="SummaryTags">How many tags a summary holds at the most.</param>
/// <param name="Within">Only what of it may be seen, or null for all.</param>
public sealed record RunQuery(string? Project, int Limit = 100, string? Cursor = null, bool Trash = false, int SummaryTags = 100, RunsWithin? Within = null);
