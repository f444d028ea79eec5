namespace Dashboard.Storage;

/// <summary>Something a person saved in a project: a view of a page, a query, a report.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Project name.</param>
/// <param name="Kind">What it is; the store keeps kinds apart and knows no more of them.</param>
/// <param name="Name">What the person called it; need not be unique.</param>
/// <param name="BodyJson">A JSON object text.</param>
/// <param name="Version">Counts changes from 1.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Updated">Seconds since the Unix epoch.</param>
public sealed record ViewInfo(string Id, string Project, string Kind, string Name, string BodyJson, long Version, double Created, double Updated);
