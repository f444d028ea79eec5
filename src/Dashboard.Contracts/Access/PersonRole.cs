namespace Dashboard.Contracts;

/// <summary>What an account is in a project.</summary>
/// <param name="Project">Project name; null for every project.</param>
/// <param name="Role"><c>viewer</c>, <c>member</c> or <c>owner</c>.</param>
public sealed record PersonRole(string? Project, string Role);
