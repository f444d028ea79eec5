namespace Dashboard.Storage;

/// <summary>The account that made a key, as it is now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Disabled">Whether it signs in no longer.</param>
/// <param name="Roles">What it may do.</param>
public sealed record ApiKeyMaker(string Id, string Name, bool Disabled, IReadOnlyList<ApiKeyGrant> Roles);
