using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Something a person saved in a project.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Project name.</param>
/// <param name="Kind"><c>view</c>, <c>query</c> or <c>report</c>.</param>
/// <param name="Name">What the person called it.</param>
/// <param name="Body">A JSON object: <c>path</c> of a view, <c>query</c> of a query, <c>blocks</c> of a report.</param>
/// <param name="Version">Counts changes from 1; a change names the version it was made from.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Updated">Seconds since the Unix epoch.</param>
public sealed record ViewView(string Id, string Project, string Kind, string Name, JsonElement Body, long Version, double Created, double Updated);
