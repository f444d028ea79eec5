namespace Dashboard.Storage;

/// <summary>A job to be stored.</summary>
/// <param name="Project">Project name.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="SpecJson">A JSON object text.</param>
/// <param name="Device">What it may be computed on.</param>
/// <param name="Content">Hash of what is computed and from what: a result under the same hash is not computed again. Null for one that is computed anew each time.</param>
public sealed record NewJob(string Project, string Kind, string Name, string SpecJson, string Device, string? Content = null);
