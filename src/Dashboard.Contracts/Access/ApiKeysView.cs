namespace Dashboard.Contracts;

/// <summary>Keys that the caller may know of.</summary>
/// <param name="Items">Those that are not revoked, the newest first.</param>
/// <param name="Required">Whether the server asks for keys at all; without accounts it asks for none.</param>
/// <param name="Everywhere">Whether the caller may make keys for every project.</param>
public sealed record ApiKeysView(IReadOnlyList<ApiKeyView> Items, bool Required, bool Everywhere);
