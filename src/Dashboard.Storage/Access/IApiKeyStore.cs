namespace Dashboard.Storage;

/// <summary>Keys of jobs, scripts and workers, by their hashes.</summary>
public interface IApiKeyStore
{
    /// <summary>Stores a key; null where there is no such account.</summary>
    /// <param name="key">The key.</param>
    /// <param name="limit">Keys that may be valid at once.</param>
    /// <exception cref="TooManyKeysException">There are as many already.</exception>
    Task<ApiKeyInfo?> AddAsync(NewApiKey key, int limit);

    /// <summary>The key of a hash, whatever its state, with its maker as they are now; null where there is none.</summary>
    Task<ApiKeyInfo?> FindAsync(byte[] hash, CancellationToken cancellation);

    /// <summary>The key of an id, whatever its state; null where there is none.</summary>
    Task<ApiKeyInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Keys that are not revoked, the newest first.</summary>
    /// <param name="project">Of this project alone; null for all keys.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<ApiKeyInfo>> ListAsync(string? project, CancellationToken cancellation);

    /// <summary>Revokes a key; false where there is none that is not revoked yet.</summary>
    Task<bool> RevokeAsync(string id);

    /// <summary>Notes uses.</summary>
    Task UsedAsync(IReadOnlyCollection<ApiKeyUse> uses);
}
