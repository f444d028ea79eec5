namespace Dashboard.Storage;

/// <summary>The store's own account of itself, for readiness and metrics.</summary>
public interface IStorageHealth
{
    /// <summary>Whether the store can be used right now.</summary>
    StorageState State { get; }

    /// <summary>Why, in words for the person who runs the server; null when all is well.</summary>
    string? Reason { get; }

    /// <summary>Counters since the start, by metric name without prefix (<c>points_total</c>, <c>commits_total</c>, <c>inbox_bytes</c>, …).</summary>
    IReadOnlyDictionary<string, double> Read();
}
