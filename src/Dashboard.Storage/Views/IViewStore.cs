namespace Dashboard.Storage;

/// <summary>Saved views, queries and reports.</summary>
public interface IViewStore
{
    /// <summary>The saved things of a project, the last changed first; of one kind, or of all where it is null. Bodies are left out (<c>{}</c>) unless asked for.</summary>
    Task<IReadOnlyList<ViewInfo>> ListAsync(string project, string? kind, bool bodies, CancellationToken cancellation);

    /// <summary>One of them, or null.</summary>
    Task<ViewInfo?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Saves a new one; null where there is no such project.</summary>
    /// <exception cref="TooManyViewsException">The project holds <paramref name="limit"/> already.</exception>
    Task<ViewInfo?> AddAsync(string project, string kind, string name, string bodyJson, int limit, CancellationToken cancellation);

    /// <summary>Replaces name and body; null where there is none of this id.</summary>
    /// <exception cref="ViewChangedException">It is no longer at <paramref name="version"/>.</exception>
    Task<ViewInfo?> ReplaceAsync(string id, string name, string bodyJson, long version, CancellationToken cancellation);

    /// <summary>Removes it; false where there is none.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellation);
}
