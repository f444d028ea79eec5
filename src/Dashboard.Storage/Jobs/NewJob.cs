namespace Dashboard.Storage;

/// <summary>A job to be stored.</summary>
/// <param name="Project">Project name.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="SpecJson">A JSON object text.</param>
/// <param name="Device">What it may be computed on.</param>
public sealed record NewJob(string Project, string Kind, string Name, string SpecJson, string Device);
