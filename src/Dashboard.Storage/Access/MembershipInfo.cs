namespace Dashboard.Storage;

/// <summary>What an account is in a project.</summary>
/// <param name="Project">Name of the project, which need not exist yet; empty for every project.</param>
/// <param name="Role">What it is there.</param>
public sealed record MembershipInfo(string Project, AccountRole Role);
