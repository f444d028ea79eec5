namespace Dashboard.Storage;

/// <summary>Messages about runs, kept until they are delivered and as a record afterwards.</summary>
public interface IAlertStore
{
    /// <summary>
    /// Adds a message of what was not told of the run over this channel before, and marks it as told, in one transaction; null where nothing is new, or
    /// there is no such run.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="channel">How it goes.</param>
    /// <param name="keys">What there is to tell.</param>
    /// <param name="body">Makes the JSON object of the message from its id and the keys that are new; on the writer's thread, so it must be quick.</param>
    Task<AlertInfo?> AddAsync(string runId, string channel, IReadOnlyList<AlertKey> keys, Func<string, IReadOnlySet<AlertKey>, string> body);

    /// <summary>Messages that are due at a time, the oldest first.</summary>
    Task<IReadOnlyList<AlertInfo>> DueAsync(double now, int limit, CancellationToken cancellation);

    /// <summary>When the next message is due, seconds since the Unix epoch, or null where none waits.</summary>
    Task<double?> NextDueAsync(CancellationToken cancellation);

    /// <summary>Notes how a try went: delivered (<paramref name="error"/> null), to be tried again at <paramref name="next"/>, or given up where that is null.</summary>
    Task TriedAsync(string id, string? error, double? next);

    /// <summary>The messages of a project, the newest first.</summary>
    Task<IReadOnlyList<AlertInfo>> ListAsync(string project, int limit, CancellationToken cancellation);
}
