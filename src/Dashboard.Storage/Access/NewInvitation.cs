namespace Dashboard.Storage;

/// <summary>An invitation to be made.</summary>
/// <param name="Hash">SHA-256 of the secret in its link.</param>
/// <param name="Project">Name of the project; empty for every project.</param>
/// <param name="Role">What it makes of who uses it.</param>
/// <param name="AccountId">The account whose password it sets; null where it makes one.</param>
/// <param name="CreatedBy">Who makes it, in words.</param>
/// <param name="Lifetime">How long it can be used.</param>
public sealed record NewInvitation(byte[] Hash, string Project, AccountRole Role, string? AccountId, string CreatedBy, TimeSpan Lifetime);
