using System.Collections.Concurrent;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// Sessions that people signed out of, in memory: every request with a session's cookie asks for its own. This process alone ends sessions, so what is kept here is never old.
/// </summary>
internal sealed class EndedSessions(IEndedSessionStore store, AccessChanges changes, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, byte> _ended = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task? _reading;

    /// <summary>Name of a session in <see cref="AccessChanges"/>.</summary>
    public static string Credential(string id) => "session:" + id;

    /// <summary>Whether a session was ended.</summary>
    public async ValueTask<bool> ContainsAsync(string id)
    {
        await StoredAsync();
        return _ended.ContainsKey(id);
    }

    /// <summary>Ends a session, and what it opened.</summary>
    public async Task EndAsync(string id)
    {
        // Before it is stored: where that fails, it has ended all the same, as long as this process lives.
        _ended[id] = 0;
        changes.Withdraw(Credential(id));
        await store.AddAsync(id, (clock.GetUtcNow() + SessionCookie.Lifetime).Seconds());
    }

    // What was stored before this process; read when somebody asks for the first time, and again where that failed.
    private Task StoredAsync()
    {
        lock (_gate)
        {
            if (_reading is not { IsFaulted: false })
                _reading = ReadAsync();
            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        foreach (var id in await store.ListAsync(CancellationToken.None))
            _ended[id] = 0;
    }
}
