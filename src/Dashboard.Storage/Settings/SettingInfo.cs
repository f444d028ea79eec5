namespace Dashboard.Storage;

/// <summary>One setting of a project.</summary>
/// <param name="Project">Project name.</param>
/// <param name="Name">What it is the setting of, as <c>retention</c>.</param>
/// <param name="BodyJson">A JSON object text; the store knows no more of it.</param>
/// <param name="Revision">Counts changes from 1.</param>
/// <param name="Updated">Seconds since the Unix epoch.</param>
public sealed record SettingInfo(string Project, string Name, string BodyJson, long Revision, double Updated);
