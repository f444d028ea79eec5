namespace Dashboard.Storage;

/// <summary>What was done, by whom and when. Entries are added and age out; nothing changes one.</summary>
public interface IAuditStore
{
    /// <summary>Adds an entry; its time is the store's.</summary>
    Task AddAsync(AuditInfo entry);

    /// <summary>Entries, the newest first.</summary>
    /// <param name="project">Of this project alone; null for those of the server and of every project.</param>
    /// <param name="before">Only entries with a smaller <see cref="AuditInfo.Key"/>; null from the newest on.</param>
    /// <param name="limit">So many at the most.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<AuditInfo>> ListAsync(string? project, long? before, int limit, CancellationToken cancellation);

    /// <summary>Removes entries from before a time, seconds since the Unix epoch; answers how many.</summary>
    Task<int> RemoveBeforeAsync(double time);
}
