namespace Dashboard.Storage;

/// <summary>A key that is to be stored.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Project">Name of the project; null for every project.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the key, 32 bytes.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="AccountId">Id of the account that makes it; null for none.</param>
/// <param name="Expires">The time from which it is no longer valid, in seconds since the Unix epoch; null for never.</param>
public sealed record NewApiKey(string Name, string? Project, ApiKeyRole Role, byte[] Hash, string Hint, string? AccountId, double? Expires);
