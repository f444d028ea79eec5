namespace Dashboard.Storage;

/// <summary>What the maker of a key may do, in one project or on all.</summary>
/// <param name="Project">Name of the project; null for every project.</param>
/// <param name="Role">The maker's role there.</param>
public sealed record ApiKeyGrant(string? Project, AccountRole Role);
