namespace Dashboard.Storage;

/// <summary>A key, without the key itself, which nobody has but who made it.</summary>
/// <param name="Key">Its row, for <see cref="IApiKeyStore.UsedAsync"/>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Project">Name of the project, which need not exist; null for every project.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the key, 32 bytes.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="Maker">Who made it; null where the owner key of the configuration, or a server without accounts, did.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">The time from which it is no longer valid; null for never.</param>
/// <param name="Revoked">When it was revoked; null where it was not.</param>
/// <param name="LastUsed">When it was used last, to about a minute; null for never.</param>
/// <param name="LastAddress">Where from.</param>
public sealed record ApiKeyInfo(
    long Key, string Id, string Name, string? Project, ApiKeyRole Role, byte[] Hash, string Hint, ApiKeyMaker? Maker, double Created, double? Expires, double? Revoked,
    double? LastUsed, string? LastAddress);
